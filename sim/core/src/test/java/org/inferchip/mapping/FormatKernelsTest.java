package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.FormatKernels;
import org.inferchip.arch.Quantize;
import org.inferchip.arch.Stack;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.junit.jupiter.api.Test;

/** Kernels that a stack has for one format, and conversions before them. */
final class FormatKernelsTest {
  private static final Descriptions SHIPPED = Descriptions.here();
  private static final Chip CHIP = SHIPPED.chip("b200-sxm").value();
  private static final Stack STACK = SHIPPED.stack("trtllm-blackwell").value();
  private static final FormatKernels LISTED = STACK.matmul().of(Format.NVFP4);

  @Test
  void shouldOfferOnlyTheMenuOfTheFormat() {
    final MatMul product = MatMul.dense("gemm", 33, 512, 51200, Format.NVFP4);
    for (final Candidate candidate : MappingSpace.of(product, CHIP, STACK)) {
      final MatMulMapping mapping = (MatMulMapping) candidate.mapping();
      assertEquals(1, mapping.splitK());
      // Two cores do a pair's tile, half of its rows each.
      final String tile = mapping.tileM() + "x" + mapping.tileN();
      final String pair = 2 * mapping.tileM() + "x" + mapping.tileN();
      assertTrue(LISTED.tiles().contains(tile) || LISTED.pairTiles().contains(pair), tile);
      assertEquals(LISTED.share(), mapping.share() / 10_000.0);
      assertEquals(mapping, MatMulMapping.parse(mapping.text()));
    }
  }

  @Test
  void shouldWalkRowTilesOfExpertsInTheOrderOfTheirOwnKernel() {
    final Chip chip = SHIPPED.chip("a100-sxm-80g").value();
    final Stack stack = SHIPPED.stack("trtllm-a100").value();
    final MatMul dense = MatMul.dense("gemm", 4096, 8192, 4096, Format.BF16);
    final MatMul experts =
        new MatMul(
            "experts",
            List.of(4096, 4096),
            8192,
            4096,
            Format.BF16,
            Format.BF16,
            Format.FP32,
            Format.BF16,
            false);
    // CUTLASS numbers a problem's blocks column by column of one row tile, then those of the next.
    assertEquals(List.of(1), rasters(experts, chip, stack));
    assertTrue(rasters(dense, chip, stack).stream().allMatch(height -> height > 1));
    final Stack alone = stack.with(stack.matmul().expertsOnly(Format.BF16));
    assertEquals(List.of(1), rasters(dense, chip, alone));
  }

  private static List<Integer> rasters(final MatMul op, final Chip chip, final Stack stack) {
    return MappingSpace.of(op, chip, stack).stream()
        .map(candidate -> ((MatMulMapping) candidate.mapping()).raster())
        .distinct()
        .toList();
  }

  @Test
  void shouldTakeTheFirstMenuWhoseLimitsHold() {
    final List<FormatKernels.Menu> rule =
        List.of(menu(16, 1280, "16x64"), menu(16, null, "32x64"), menu(128, null, "64x128"));
    final FormatKernels kernels =
        new FormatKernels(
            List.of("128x128"), List.of(), List.of(1), 0.5, Optional.of(8), Optional.of(rule));
    assertEquals(List.of("16x64"), kernels.of(16, 1280, 512).tiles());
    assertEquals(List.of("32x64"), kernels.of(16, 1281, 512).tiles());
    assertEquals(List.of("64x128"), kernels.of(17, 64, 512).tiles());
    assertEquals(List.of("128x128"), kernels.of(129, 64, 512).tiles());
    assertEquals(0.25, kernels.of(16, 64, 512).share());
    assertEquals(0.5, kernels.of(17, 64, 512).share());
    assertEquals(Optional.of(4), kernels.of(16, 64, 512).cluster());
    assertEquals(Optional.of(8), kernels.of(129, 64, 512).cluster());
    assertThrows(IllegalArgumentException.class, () -> menu(16, null, "16"));
  }

  private static FormatKernels.Menu menu(final int rows, final Integer columns, final String tile) {
    return new FormatKernels.Menu(
        Optional.of(rows),
        Optional.ofNullable(columns),
        Optional.empty(),
        Optional.empty(),
        List.of(tile),
        List.of(),
        Optional.of(4),
        Optional.ofNullable(columns).map(all -> 0.25));
  }

  @Test
  void shouldLeaveOtherFormatsTheMenuOfAll() {
    assertEquals(STACK.matmul().tiles(), STACK.matmul().of(Format.BF16).tiles());
    assertEquals(1, STACK.matmul().of(Format.BF16).share());
  }

  @Test
  void shouldTakeALoopLongerByTheShareThatItReaches() {
    final MatMul product = MatMul.dense("gemm", 4096, 4096, 16384, Format.BF16);
    final String mapping = "128x256x64 split 1 stages 4 accumulators 2";
    assertEquals(2, times(product, mapping, mapping + " share 5000"), 0.1);
  }

  @Test
  void shouldLoadShortPiecesAtTheShareOfTheMemoryThatTheyReach() {
    // One row tile: the weights' 256 MiB are most of the time.
    final MatMul product = MatMul.dense("gemm", 16, 8192, 16384, Format.BF16);
    final String mapping = "64x64x64 split 1 stages 6";
    assertEquals(2, times(product, mapping, mapping + " memory 5000"), 0.2);
  }

  @Test
  void shouldLoadAtTheMemorysRateWhereLoadsAreApart() {
    // One tile for each of 148 cores. 256 steps of 2 x 128 x 64 elements that come in at 90 bytes a
    // cycle (1.85 GHz) are 50 us; the weights' 592 MiB at 0.89 of 7.7 TB/s 91 us.
    final MatMul product = MatMul.dense("gemm", 128, 148 * 128, 16384, Format.BF16);
    final String mapping = "128x128x64 split 1 stages 6";
    final double slowed = 1 + 0.24 * 50.3 / 90.6;
    assertEquals(slowed, times(product, mapping + " apart 1", mapping), 0.02);
    assertThrows(IllegalArgumentException.class, () -> MatMulMapping.parse(mapping + " apart 2"));
  }

  @Test
  void shouldTakeLongerOverRowsThatAreGatheredFromMuchMemory() {
    final FormatKernels kernels =
        new FormatKernels(
            List.of("64x64"),
            List.of(),
            List.of(1),
            0.6,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new FormatKernels.Gather(64e6, 0.5)),
            Optional.empty());
    assertEquals(0.6, kernels.share(64e6));
    assertEquals(0.6 / 1.25, kernels.share(128e6), 1e-9);
    assertEquals(0.4, kernels.share(1e15), 1e-6);
  }

  /** How many times as long a mapping takes as another. */
  private static double times(final MatMul product, final String whole, final String reduced) {
    return (double) time(product, reduced) / time(product, whole);
  }

  private static long time(final MatMul product, final String mapping) {
    return Engine.run(
            Mapper.lower(product, MatMulMapping.parse(mapping), CHIP), CHIP, Detail.FOLDED)
        .makespanPicos();
  }

  @Test
  void shouldRefuseATileThatIsNone() {
    final List<Integer> whole = List.of(1);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new FormatKernels(
                List.of("128"), List.of(), whole, 1, Optional.empty(), Optional.empty()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new FormatKernels(
                List.of(), List.of("255x64"), whole, 1, Optional.empty(), Optional.empty()));
  }

  @Test
  void shouldConvertAtThePaceOfTheCores() {
    final double bytes = 1e9;
    final Quantize paced =
        new Quantize(
            2,
            3e-6,
            Optional.of(10.0),
            Optional.empty(),
            Optional.of(7e-6),
            Optional.empty(),
            Optional.empty());
    final double each = bytes / (10 * 148 * CHIP.clock()) * 1e12;
    assertEquals(2 * (3e6 + each) - 1e6, paced.beyondPicos(1_000_000, 4, bytes, CHIP), 1);
    final Quantize free =
        new Quantize(
            2,
            3e-6,
            Optional.empty(),
            Optional.empty(),
            Optional.of(7e-6),
            Optional.empty(),
            Optional.empty());
    assertEquals(7_000_000, free.beyondPicos(1_000_000, 4, bytes, CHIP));
    assertEquals(14_000_000, free.beyondPicos(1_000_000, 5, bytes, CHIP), "scales laid out anew");
    assertTrue(each > 1e6);
  }

  @Test
  void shouldTakeATimeForEachRowOfACore() {
    final Quantize rows =
        new Quantize(
            1,
            3e-6,
            Optional.empty(),
            Optional.of(4e-6),
            Optional.of(7e-6),
            Optional.empty(),
            Optional.empty());
    // 1480 rows over 148 cores: ten of four microseconds, instead of the pass of one.
    assertEquals(3e6 + 40e6 - 1e6, rows.beyondPicos(1_000_000, 1480, 1, CHIP), 1);
  }
}
