package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.RowReduction;
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
    final RowKernel kernel = RowKernels.of(2e-6, 1).kernel();
    assertEquals(2_000_000, kernel.beyondPicos(50_000_000, 100, 4096, 8192, 8192, CHIP));
  }

  @Test
  void shouldRepeatPassesWithoutTheirFirstLatency() {
    final double latency =
        CHIP.cores().get(0).port().latency()
            + CHIP.shared().orElseThrow().latency()
            + CHIP.memory().orElseThrow().latency();
    final RowKernel kernel = RowKernels.of(0, 3).kernel();
    assertEquals(
        2 * (50e6 - latency * 1e12),
        kernel.beyondPicos(50_000_000, 100, 4096, 8192, 8192, CHIP),
        1);
  }

  @Test
  void shouldMoveRowsNoFasterThanTheBlocksThatHoldThem() {
    final RowKernel kernel =
        RowKernels.of(0, 1)
            .blocks(new RowKernel.Blocks(2, 10e9, Optional.empty(), Optional.empty()))
            .kernel();
    // 20,000 bytes at 10 GB/s are 2 us a round; 3 rounds of 2 blocks a core, of which 1 us is a
    // pass.
    assertEquals(
        5_000_000, kernel.beyondPicos(1_000_000, (int) (5 * CORES), 4096, 10_000, 10_000, CHIP));
    // One row takes a round too.
    assertEquals(1_000_000, kernel.beyondPicos(1_000_000, 1, 4096, 10_000, 10_000, CHIP));
  }

  @Test
  void shouldReadAgainWhatTheSharedMemoryDoesNotHold() {
    final RowKernel kernel = RowKernels.of(0, 1).spill(new RowKernel.Spill(16, 1)).kernel();
    final double capacity = CHIP.shared().orElseThrow().capacity();
    final long pass = 1_000_000_000;
    assertEquals(0, kernel.beyondPicos(pass, 4096, 4096, 0.5 * capacity / CORES / 16, 0, CHIP));
    final long spilled = kernel.beyondPicos(pass, 4096, 4096, 2 * capacity / CORES / 16, 0, CHIP);
    assertEquals(1e9, spilled, 2e6);
  }

  @Test
  void shouldTakeFewRowsOneAfterTheOther() {
    final RowKernel kernel =
        RowKernels.of(9e-6, 1).few(new RowKernel.Few(16, 2e-6, 0.5e-6)).kernel();
    assertEquals(10_000_000 - 1_000_000, kernel.beyondPicos(1_000_000, 16, 4096, 8192, 8192, CHIP));
    assertEquals(9_000_000, kernel.beyondPicos(1_000_000, 17, 4096, 8192, 8192, CHIP));
  }

  @Test
  void shouldHaveMoreBlocksOnACoreWhereTheyAreSmaller() {
    final RowKernel.Threads threads = new RowKernel.Threads(1024, 256, 256, 1536);
    final RowKernel kernel =
        RowKernels.of(0, 1)
            .blocks(new RowKernel.Blocks(1, 10e9, Optional.of(1e-6), Optional.of(threads)))
            .kernel();
    // A block of 1,024 threads a core: two rounds of 1 us and 20,000 bytes each.
    assertEquals(6_000_000, kernel.beyondPicos(0, (int) CORES + 1, 4096, 10_000, 10_000, CHIP));
    // Six of 256 threads: one round.
    assertEquals(3_000_000, kernel.beyondPicos(0, 256, 4096, 10_000, 10_000, CHIP));
  }

  @Test
  void shouldMoveNoMoreThanThreadsHaveInFlight() {
    final RowKernel kernel = RowKernels.of(0, 1).flow(20e9).kernel();
    final long latency = RowKernel.latencyPicos(CHIP);
    assertEquals(
        latency + 1_000_000 - 500_000,
        kernel.beyondPicos(500_000, (int) CORES, 4096, 10_000, 10_000, CHIP));
  }

  @Test
  void shouldReduceRowsByWarpsWhereManyShareABlock() {
    final RowReduction deal = new RowReduction(512, 4, 1e9);
    final RowKernel kernel = RowKernels.of(0, 1).reduction(deal).kernel();
    // 16 rows of 4,096: 128 values for each of 32 threads are fewer than 256, so a warp has a row.
    assertEquals(16_384_000, kernel.beyondPicos(0, 16, 4096, 16_384, 0, CHIP));
    // Of 8,192: 256 values are not, so all 16 warps of a block have it.
    assertEquals(2_048_000, kernel.beyondPicos(0, 16, 8192, 32_768, 0, CHIP));
  }

  @Test
  void shouldGiveLongRowsSeveralBlocks() {
    final RowReduction deal = new RowReduction(512, 3, 1e9);
    // 250 values a thread; 296, of which a thread shall have 16 or more.
    assertEquals(1, deal.blocksOfRow(5, 128_256, 188));
    assertEquals(19, deal.blocksOfRow(5, 151_936, 188));
    // Blocks enough for all cores.
    assertEquals(6, deal.blocksOfRow(112, 151_936, 188));
  }
}
