package org.inferchip.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.arithmetic.Execution.Order;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.MatMulMapping;
import org.inferchip.mapping.TestChips;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.MacRule;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products in every format and order of sums, tiled and split. */
class FormatsTest {

  private static TileProgram program(final MatMul op) {
    return Mapper.lower(op, MatMulMapping.of(16, 24, 20, 3, 2), TestChips.gpu());
  }

  @ParameterizedTest
  @CsvSource({
    "FP32, FP32, FP32_FMA, FP32, 1e-5, 1e-6",
    "TF32, FP32, FP32_FMA, FP32, 1e-5, 2e-3",
    "BF16, FP32, FP32_FMA, BF16, 1e-2, 1e-2",
    "FP16, FP32, FP32_FMA, FP16, 1e-3, 1e-3",
    "FP16, FP32, FP32_DOT4, FP16, 1e-3, 1e-3",
    "FP16, FP16, FP16_EACH_MAC, FP16, 2e-2, 2e-2",
    "BF16, BF16, BF16_EACH_MAC, BF16, 2e-1, 2e-1",
    "FP8_E4M3, FP32, FP32_FMA, BF16, 1e-2, 8e-2",
    "FP8_E5M2, FP32, FP32_FMA, BF16, 1e-2, 2e-1",
    "INT8, INT32, FP32_FMA, BF16, 1e-2, 3e-2"
  })
  void shouldStayWithinBoundsAndLoseWhatTheFormatLoses(
      final Format format,
      final Format accumulator,
      final MacRule rule,
      final Format output,
      final double mostScheduleError,
      final double mostFormatError) {
    final MatMul op =
        new MatMul("gemm", List.of(37), 50, 131, format, format, accumulator, output, true);
    final OperatorReport report =
        OperatorCheck.whole(
            program(op), SyntheticTensors.of(op, 5), MatrixRule.of(rule), Order.ASCENDING);
    assertEquals("[]", report.faults().toString());
    assertEquals(37 * 50, report.elements());
    assertTrue(report.relativeError() <= mostScheduleError, report::toString);
    assertTrue(report.formatError() <= mostFormatError, report::toString);
    assertTrue(report.formatError() >= report.relativeError() * 0.5, report::toString);
    assertTrue(report.worstShare() <= 1 && report.worstShare() > 1e-3, report::toString);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5"})
  void shouldSumIntegersExactlyThroughSplitsAndTiles(final int split) {
    final MatMul op =
        new MatMul(
            "gemm",
            List.of(5),
            7,
            3000,
            Format.INT8,
            Format.INT8,
            Format.INT32,
            Format.FP32,
            false);
    final TileProgram program =
        Mapper.lower(op, MatMulMapping.of(4, 4, 1100, split, 2), TestChips.gpu());
    final TensorStore store = SyntheticTensors.of(op, 5);
    new Execution(program, store, MatrixRule.of(MacRule.FP32_FMA)).whole(Order.ASCENDING);
    final Tensor a = store.get(Role.INPUT);
    final Tensor b = store.get(Role.WEIGHT);
    final float[] row = new float[3000];
    final float[] element = new float[1];
    final float[] actual = new float[1];
    for (int i = 0; i < 5; i++) {
      a.read(i, 0, 3000, row, 0);
      for (int j = 0; j < 7; j++) {
        long sum = 0;
        for (int k = 0; k < 3000; k++) {
          b.read(k, j, 1, element, 0);
          sum += (long) row[k] * (long) element[0];
        }
        store.get(Role.OUTPUT).read(i, j, 1, actual, 0);
        assertEquals((float) (sum * (double) (a.scale() * b.scale())), actual[0]);
      }
    }
  }
}
