package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.RowPart;
import org.inferchip.arch.RowWork;
import org.inferchip.mapping.TestChips;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.junit.jupiter.api.Test;

class RowPartsTest {
  private static final Chip CHIP = TestChips.gpu();

  private static RowPart part(final RowWork work, final Format from, final Format to) {
    return new RowPart(
        work, Optional.of(from), Optional.of(to), Optional.empty(), Optional.empty());
  }

  private static Elementwise norm(final int rows) {
    return new Elementwise(
        "norm", Elementwise.Kind.RMS_NORM, rows, 4096, 0, Format.BF16, Format.BF16);
  }

  @Test
  void shouldTakeTheTimesOfAllKernels() {
    final List<Elementwise> seen = new ArrayList<>();
    final long picos =
        new RowParts(norm(8), CHIP)
            .picos(
                List.of(
                    part(RowWork.PERMUTE, Format.BF16, Format.FP32),
                    part(RowWork.RELU, Format.FP32, Format.FP32)),
                (one, warm) -> {
                  seen.add(one);
                  return 7;
                });
    assertEquals(14, picos);
    assertEquals(Elementwise.Kind.RELU, seen.get(1).kind());
    assertEquals(Format.FP32, seen.get(0).output());
  }

  @Test
  void shouldRefuseAPartOfWhatComesLater() {
    final RowPart ahead =
        new RowPart(
            RowWork.RELU, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(1));
    assertThrows(
        IllegalArgumentException.class, () -> RowKernels.of(0, 1).parts(List.of(ahead)).kernel());
  }

  @Test
  void shouldFindWhatTheKernelBeforeWroteIfItFits() {
    final List<Warmth> seen = new ArrayList<>();
    final RowPart widen = part(RowWork.PERMUTE, Format.BF16, Format.FP32);
    final RowPart square = part(RowWork.RELU, Format.FP32, Format.FP32);
    for (final int rows : new int[] {8, 1 << 18}) {
      new RowParts(norm(rows), CHIP)
          .picos(
              List.of(widen, square),
              (one, warm) -> {
                seen.add(warm);
                return 1;
              });
    }
    assertEquals(1.0, seen.get(1).hits().get(Role.INPUT));
    assertEquals(0.0, seen.get(3).hits().get(Role.INPUT), 1e-6);
  }
}
