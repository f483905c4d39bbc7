package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inferchip.SharedData;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Expected products come from CrossSim 3.2, or are worked out by hand. */
class CrossbarCheckTest {
  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> shouldAgreeWithCrossSim() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.file("golden/crossbar"))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> {
                        final CrossbarVerdict found =
                            CrossbarCheck.run(CrossbarCaseReader.read(file), 1);
                        assertTrue(found.ok(), found::toString);
                        assertEquals(List.of(), found.unused());
                      }))
          .toList();
    }
  }

  /** w = 1/2 and -1/4 in cells from 0 to 1; a converter of 3 bits over -3 to 3 has steps of 1. */
  @Test
  void shouldConvertAsWorkedOutByHand() throws IOException {
    final String base =
        "{\"W\": [[0.5, -0.25]], \"X\": [[1], [-1]], \"params\": {\"infinite_on_off\": true";
    assertTrue(run(base + "}, \"Y\": [[0.75]]}").ok());
    assertTrue(run(base + ", \"Rmax\": Infinity, \"w_range\": null}, \"Y\": [[0.75]]}").ok());
    assertTrue(run(base + ", \"adc_bits\": 3, \"adc_range\": [-3, 3]}, \"Y\": [[1]]}").ok());
    assertTrue(run(base + ", \"adc_bits\": 3, \"adc_range\": [-0.3, 0.3]}, \"Y\": [[0.3]]}").ok());
    // The greatest of two rows is 2, both ways: steps of 2/3.
    final CrossbarVerdict most =
        run(base + ", \"adc_bits\": 3, \"adc_range_option\": \"MAX\"}, \"Y\": [[0.75]]}");
    assertFalse(most.ok());
    assertEquals(0.75 - 2.0 / 3, most.maxAbsError(), 1e-15);
  }

  /** One cell between two wires of a tenth of its resistance: 1 / 1.2 of the current. */
  @Test
  void shouldLoseVoltageInWires() throws IOException {
    final String one =
        "{\"W\": [[1]], \"X\": [[1]], \"Y\": [[%s]], \"params\": {\"infinite_on_off\": true,"
            + " \"Rmin\": 1000, \"Rp_row\": 100, \"Rp_col\": %s}}";
    assertTrue(run(String.format(one, 1 / 1.2, "100")).ok());
    assertTrue(run(String.format(one, 1 / 1.1, "0")).ok());
  }

  @Test
  void shouldTakeTwoSidedSlicesAndSlicesOfInputs() throws IOException {
    final String params =
        "{\"W\": [[1, -0.2]], \"X\": [[0.6], [1]], \"Y\": [[0.4]], \"params\": {\"style\":"
            + " \"TWO_SIDED\", \"Rmin\": 1e4, \"Rmax\": 1e6, \"weight_bits\": 5, \"num_slices\": 2,"
            + " \"dac_bits\": 5, \"slice_size\": 2, \"adc_bits\": 0}}";
    // -0.2 and 0.6 are whole fifteenths, so that nothing is lost.
    assertTrue(run(params).ok(), () -> "two-sided slices");
  }

  @Test
  void shouldNameAllThatIsWrong() throws IOException {
    final Path file = folder.resolve("bad.json");
    Files.writeString(
        file,
        "{\"W\": [[1, 2]], \"X\": [[1]], \"Y\": [[1]], \"params\": {\"model\": \"Nobody\","
            + " \"style\": \"BOTH\"}}");
    final InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> CrossbarCaseReader.read(file));
    final String text = refused.getMessage();
    assertTrue(text.contains("X") && text.contains("params.model"), text);
    assertTrue(text.contains("params.style"), text);
  }

  private CrossbarVerdict run(final String json) throws IOException {
    final Path file = folder.resolve("case.json");
    Files.writeString(file, json);
    return CrossbarCheck.run(CrossbarCaseReader.read(file), 1);
  }
}
