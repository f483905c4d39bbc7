package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;

class EngineTest {
  @Test
  void shouldTimeOneTileByHand() {
    // 64 x 64 x 64 in bf16: two loads of 8192 B at 64 B/ns, one multiply of 64^3/1024 = 256 cycles
    // of 1 ns, convert 4096/64 = 64 cycles, store 8192 B: 128 + 128 + 256 + 64 + 128 ns.
    final Timing timing =
        Engine.run(
            TestGemm.of(64, 64, 64, 64, 64, 64, 1, 2), TestChips.plain().chip(), Detail.FULL);
    assertEquals(704_000, timing.makespanPicos());
    assertEquals(16_384, timing.counters().memoryReadBytes());
    assertEquals(8_192, timing.counters().memoryWriteBytes());
    assertEquals(262_144, timing.counters().macs().get(Format.BF16));
    assertEquals(5, timing.counters().tasks());
  }

  @Test
  void shouldOverlapLoadsWithMultipliesWhenBuffersAreDouble() {
    // Four steps: loads of 256 ns a step and multiplies of 256 ns a step in a pipeline.
    final Timing timing =
        Engine.run(
            TestGemm.of(64, 64, 256, 64, 64, 64, 1, 2), TestChips.plain().chip(), Detail.FULL);
    assertEquals(256_000 * 5 + 64_000 + 128_000, timing.makespanPicos());
  }

  @Test
  void shouldWaitForSlotsWhenBuffersAreSingle() {
    final Timing timing =
        Engine.run(
            TestGemm.of(64, 64, 256, 64, 64, 64, 1, 1), TestChips.plain().chip(), Detail.FULL);
    assertEquals(512_000 * 4 + 64_000 + 128_000, timing.makespanPicos());
    assertTrue(
        timing.units().stream()
            .filter(use -> use.unit().equals("load"))
            .anyMatch(use -> use.slotPicos() > 3 * 256_000 - 1));
  }

  @Test
  void shouldKeepFoldedGemmWithinOnePercent() {
    final TestGemm gemm = TestGemm.of(4096, 4096, 4096, 128, 256, 64, 132, 4);
    final Timing full = Engine.run(gemm, TestChips.gpu().chip(), Detail.FULL);
    final Timing folded = Engine.run(gemm, TestChips.gpu().chip(), Detail.FOLDED);
    assertTrue(folded.folded());
    assertEquals(1.0, (double) folded.makespanPicos() / full.makespanPicos(), 0.01);
    assertEquals(full.counters(), folded.counters());
  }
}
