package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.FreeParameter;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnobFitTest {
  private static Knob knob(final String path, final boolean clocked) {
    return Knob.of("s", path, new FreeParameter("1 us", "2 us", "16 us", Optional.of(clocked)));
  }

  /** From devices at a mean of 1.41 GHz to one at 1.83 GHz: 0.77 of the time for as many cycles. */
  @ParameterizedTest
  @CsvSource({"true, 1.0, 4e-6", "true, 0.77, 3.08e-6", "false, 0.77, 4e-6"})
  void shouldCarryTimesOfInstructionsOverInCycles(
      final boolean clocked, final double factor, final double seconds) {
    final List<Knob> knobs = List.of(knob("stack.launch.attention", clocked));
    // Places are along the logarithm of the range: 4 us is half of the way from 1 to 16.
    // On the logarithmic scale 4 us is half of the way from 1 to 16.
    final Overrides values = KnobFit.values(knobs, new double[] {0.5}, factor);
    assertEquals(
        seconds,
        new Descriptions(new Catalog(Path.of("target", "no-such-folder")))
            .system("h100-sxm", Optional.of("trtllm"), values)
            .value()
            .stack()
            .launch()
            .attention(),
        1e-12);
  }
}
