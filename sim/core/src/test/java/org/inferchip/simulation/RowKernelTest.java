package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.RowWork;
import org.inferchip.mapping.TestChips;
import org.inferchip.operator.Elementwise;
import org.junit.jupiter.api.Test;

class RowKernelTest {
  private static final Chip CHIP = TestChips.gpu();
  private static final long CORES = CHIP.cores().get(0).count();

  @Test
  void shouldNameAllKindsOfElementWiseWork() {
    assertEquals(
        Arrays.stream(Elementwise.Kind.values()).map(Enum::name).toList(),
        Arrays.stream(RowWork.values()).map(Enum::name).toList());
  }

  @Test
  void shouldTakeNothingBeyondOnePassButTheLaunchWhereItPassesOnce() {
    final RowKernel kernel =
        new RowKernel(
            2e-6, 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    assertEquals(2_000_000, kernel.beyondPicos(50_000_000, 100, 8192, 8192, CHIP));
  }

  @Test
  void shouldRepeatPassesWithoutTheirFirstLatency() {
    final double latency =
        CHIP.cores().get(0).port().latency()
            + CHIP.shared().orElseThrow().latency()
            + CHIP.memory().orElseThrow().latency();
    final RowKernel kernel =
        new RowKernel(0, 3, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    assertEquals(
        2 * (50e6 - latency * 1e12), kernel.beyondPicos(50_000_000, 100, 8192, 8192, CHIP), 1);
  }

  @Test
  void shouldMoveRowsNoFasterThanTheBlocksThatHoldThem() {
    final RowKernel kernel =
        new RowKernel(
            0,
            1,
            Optional.empty(),
            Optional.of(new RowKernel.Blocks(2, 10e9)),
            Optional.empty(),
            Optional.empty());
    // 20,000 bytes at 10 GB/s are 2 us a round; 3 rounds of 2 blocks a core, of which 1 us is a
    // pass.
    assertEquals(5_000_000, kernel.beyondPicos(1_000_000, (int) (5 * CORES), 10_000, 10_000, CHIP));
    // One row takes a round too.
    assertEquals(1_000_000, kernel.beyondPicos(1_000_000, 1, 10_000, 10_000, CHIP));
  }

  @Test
  void shouldReadAgainWhatTheSharedMemoryDoesNotHold() {
    final RowKernel kernel =
        new RowKernel(
            0,
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new RowKernel.Spill(16, 1)),
            Optional.empty());
    final double capacity = CHIP.shared().orElseThrow().capacity();
    final long pass = 1_000_000_000;
    assertEquals(0, kernel.beyondPicos(pass, 4096, 0.5 * capacity / CORES / 16, 0, CHIP));
    final long spilled = kernel.beyondPicos(pass, 4096, 2 * capacity / CORES / 16, 0, CHIP);
    assertEquals(1e9, spilled, 2e6);
  }

  @Test
  void shouldTakeFewRowsOneAfterTheOther() {
    final RowKernel kernel =
        new RowKernel(
            9e-6,
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new RowKernel.Few(16, 2e-6, 0.5e-6)));
    assertEquals(10_000_000 - 1_000_000, kernel.beyondPicos(1_000_000, 16, 8192, 8192, CHIP));
    assertEquals(9_000_000, kernel.beyondPicos(1_000_000, 17, 8192, 8192, CHIP));
  }
}
