package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFilterTest {
  private static final String GEMM =
      """
      device,framework,framework_version,dtype,m,n,k,latency_us
      h100_sxm,trtllm,1.0.0,bfloat16,64,512,4096,10
      h100_sxm,trtllm,1.0.0,bfloat16,64,1024,4096,10
      h100_sxm,vllm,0.11.0,bfloat16,8192,8192,8192,1600
      """;

  @TempDir Path folder;

  private Path table() throws IOException {
    return Files.writeString(folder.resolve("gemm.csv"), GEMM);
  }

  private List<Integer> lines(final String... conditions) throws IOException {
    return lines(new Skips(), conditions);
  }

  private List<Integer> lines(final Skips skips, final String... conditions) throws IOException {
    final RowFilter where = RowFilter.parse(Arrays.asList(conditions));
    final Targets targets = new Targets(Descriptions.here(), List.of());
    return where.measurements(where.of(Reading.of(List.of(table()))), targets, skips, true).stream()
        .map(Measurement::line)
        .toList();
  }

  @Test
  void shouldCountRowsThatItLeavesOut() throws IOException {
    final Skips skips = new Skips();

    assertEquals(List.of(3), lines(skips, "n>=1024", "framework=trtllm"));
    assertEquals(Map.of("left out by --where", 2), skips.counts());
  }

  @Test
  void shouldCountNothingWhereItLeavesNothingOut() throws IOException {
    final Skips skips = new Skips();

    assertEquals(List.of(2, 3, 4), lines(skips));
    assertEquals(Map.of(), skips.counts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "n>=1024            : [3, 4]",
        "n > 1024           : [4]",
        "n<1e3              : [2]",
        "n=1024.0           : [3]",
        "m!=64              : [4]",
        "framework=trtllm   : [2, 3]",
        "framework!=trtllm  : [4]",
        "dtype=bfloat16     : [2, 3, 4]",
        "framework_version=1.0.0 : [2, 3]",
        "roofline_us>=1000  : [4]",
      })
  void shouldTakeRowsByColumnsOfTheirTable(final String condition, final String lines)
      throws IOException {
    assertEquals(lines, lines(condition).toString());
  }

  @Test
  void shouldTakeRowsOfWhichAllConditionsHold() throws IOException {
    assertEquals(List.of(3), lines("framework=trtllm", "n>=1024", "k<=4096"));
  }

  @Test
  void shouldCountRowsThatAreNotWantedAmongThoseRead() throws IOException {
    final Reading read = Reading.of(List.of(table()));
    assertEquals(3, RowFilter.parse(List.of("n>=1024")).of(read).rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "n>many       : a size is compared with something else than a number",
        "n            : a condition is not of the form column=value",
        "format>=3    : format has no size",
        "framewrok=a  : did you mean framework?",
        "batch>=3     : no table has such a column",
      })
  void shouldSayWhatIsWrong(final String condition, final String said) {
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> lines(condition));
    final String all = e.problems().toString() + e.getMessage();
    assertTrue(all.contains(said), all);
  }
}
