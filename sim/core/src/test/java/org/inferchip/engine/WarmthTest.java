package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.junit.jupiter.api.Test;

class WarmthTest {
  private static final TestGemm GEMM = TestGemm.of(64, 512, 1024, 64, 64, 64, 8, 3);
  private static final Chip CHIP = TestChips.gpu().chip();

  private static Timing timed(final Map<Role, Double> hits) {
    return Engine.run(new Warmth(hits).applied(GEMM), CHIP, Detail.FULL);
  }

  @Test
  void shouldChangeNothingWhereNothingIsSaid() {
    assertSame(GEMM, Warmth.COLD.applied(GEMM));
  }

  @Test
  void shouldReadOnlyTheColdShareOfWarmWeights() {
    final long input = 8 * 2L * 64 * 1024; // Each of eight columns of tiles reads it for itself.
    final long weight = 2L * 1024 * 512;
    assertEquals(input + weight, timed(Map.of()).counters().memoryReadBytes());
    assertEquals(input + weight / 4, timed(Map.of(Role.WEIGHT, 0.75)).counters().memoryReadBytes());
    assertEquals(input, timed(Map.of(Role.WEIGHT, 1.0)).counters().memoryReadBytes());
  }

  @Test
  void shouldKeepTheWarmShareOfResultsFromMemory() {
    final long output = 2L * 64 * 512;
    assertEquals(output / 2, timed(Map.of(Role.OUTPUT, 0.5)).counters().memoryWriteBytes());
    assertEquals(0, timed(Map.of(Role.OUTPUT, 1.0)).counters().memoryWriteBytes());
  }

  @Test
  void shouldNotBeSlowerTheWarmerItStarts() {
    long before = Long.MAX_VALUE;
    for (final double hit : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      final long time =
          timed(Map.of(Role.WEIGHT, hit, Role.INPUT, hit, Role.OUTPUT, hit)).makespanPicos();
      assertTrue(time <= before, hit + ": " + time + " after " + before);
      before = time;
    }
  }

  @Test
  void shouldRefuseSharesThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> new Warmth(Map.of(Role.KEY, 1.5)));
    assertThrows(IllegalArgumentException.class, () -> new Warmth(Map.of(Role.KEY, Double.NaN)));
  }
}
