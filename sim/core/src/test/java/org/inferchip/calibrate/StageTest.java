package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.inferchip.trace.Trace;
import org.junit.jupiter.api.Test;

class StageTest {
  private static Stage stage(final boolean poisson) {
    return new Stage(5, poisson, 600, 574.91, 193.72, 44, 2048, 128, 7463);
  }

  @Test
  void shouldKeepTheMeanLengths() {
    final Trace trace = StageTrace.of(stage(false));
    assertEquals(600, trace.requests().size());
    assertEquals(574.91, trace.inputTokens() / 600.0, 1 / 600.0);
    assertEquals(193.72, trace.outputTokens() / 600.0, 1 / 600.0);
    assertEquals(599_000_000_000L / 5, trace.spanNanos());
    assertEquals(44, trace.requests().stream().map(r -> r.prefixGroup()).distinct().count());
  }

  @Test
  void shouldDrawRandomArrivalsAtTheRate() {
    final Trace trace = StageTrace.of(stage(true));
    assertEquals(120, trace.spanNanos() * 1e-9, 3 * 120 / Math.sqrt(600));
  }
}
