package org.inferchip.arithmetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.numerics.Exponential;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.MacRule;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef.Role;
import org.junit.jupiter.api.Test;

/** Float64 references against values worked out by hand. */
class ReferenceTest {

  private static Tensor fp32(final int rows, final int cols, final float... values) {
    return ArrayTensor.of(values, rows, cols, Format.FP32);
  }

  private static double[][] compute(
      final Operator op, final TensorStore store, final int rows, final int cols) {
    final double[][] value = new double[rows][cols];
    Reference.of(op, store, MatrixRule.of(MacRule.FP32_FMA), Exponential.FULL)
        .compute(
            new OutputRegion(Role.OUTPUT, 0, 0, rows, cols, Task.NONE),
            false,
            value,
            new double[rows][cols]);
    return value;
  }

  private static double[] elementwise(
      final Elementwise.Kind kind, final int parameter, final TensorStore store, final int cols) {
    final Elementwise op = new Elementwise("x", kind, 1, cols, parameter, Format.FP32, Format.FP32);
    return compute(op, store, 1, kind == Elementwise.Kind.ARGMAX ? 2 : cols)[0];
  }

  @Test
  void shouldMultiplyEachGroupByItsOwnWeightsAndAddItsBias() {
    final MatMul op =
        new MatMul(
            "x", List.of(1, 1), 2, 2, Format.FP32, Format.FP32, Format.FP32, Format.FP32, true);
    final TensorStore store =
        new TensorStore()
            .bind(Role.INPUT, fp32(2, 2, 1, 2, 3, 4))
            .bind(Role.WEIGHT, fp32(4, 2, 1, 0, 0, 1, 5, 6, 7, 8))
            .bind(Role.BIAS, fp32(2, 2, 10, 20, 30, 40));
    final double[][] value = compute(op, store, 2, 2);
    assertArrayEquals(new double[] {11, 22}, value[0]);
    assertArrayEquals(new double[] {15 + 28 + 30, 18 + 32 + 40}, value[1]);
  }

  @Test
  void shouldAverageValuesOfVisibleKeysWhenAllScoresAreEqual() {
    final Attention op =
        new Attention(
            "a",
            List.of(new Attention.Sequence(2, 3)),
            2,
            1,
            1,
            1,
            2,
            true,
            Format.FP32,
            Format.FP32);
    final TensorStore store =
        new TensorStore()
            .bind(Role.INPUT, fp32(2, 2, 0, 0, 0, 0))
            .bind(Role.KEY, fp32(3, 1, 9, 9, 9))
            .bind(Role.VALUE, fp32(3, 1, 1, 3, 11));
    final double[][] value = compute(op, store, 2, 2);
    // Query 0 stands at position 1 and sees keys 0 and 1; query 1 sees keys 1 and 2 (window 2).
    assertArrayEquals(new double[] {2, 2}, value[0]);
    assertArrayEquals(new double[] {7, 7}, value[1]);
  }

  @Test
  void shouldWeighKeysByTheSoftmaxOfScaledScores() {
    final Attention op =
        new Attention(
            "a",
            List.of(new Attention.Sequence(1, 2)),
            1,
            1,
            4,
            1,
            0,
            true,
            Format.FP32,
            Format.FP32);
    final float third = (float) Math.log(3);
    final TensorStore store =
        new TensorStore()
            .bind(Role.INPUT, fp32(1, 4, 2, 0, 0, 0))
            .bind(Role.KEY, fp32(2, 4, 0, 0, 0, 0, third, 5, 5, 5))
            .bind(Role.VALUE, fp32(2, 1, 4, 8));
    // Scores 0 and ln 3: weights 1/4 and 3/4.
    assertEquals(7, compute(op, store, 1, 1)[0][0], 1e-6);
  }

  @Test
  void shouldNormaliseRows() {
    final TensorStore store =
        new TensorStore()
            .epsilon(0)
            .bind(Role.INPUT, fp32(1, 2, 1, 7))
            .bind(Role.WEIGHT, fp32(1, 2, 10, 100))
            .bind(Role.BIAS, fp32(1, 2, 1, 2));
    // rms of (1, 7) is 5; mean 4, deviation 3.
    assertArrayEquals(
        new double[] {2, 140}, elementwise(Elementwise.Kind.RMS_NORM, 0, store, 2), 1e-12);
    assertArrayEquals(
        new double[] {-9, 102}, elementwise(Elementwise.Kind.LAYER_NORM, 0, store, 2), 1e-12);
  }

  @Test
  void shouldRotateAdjacentPairsByTheirPosition() {
    final TensorStore store =
        new TensorStore()
            .bind(Role.INPUT, fp32(1, 4, 1, 0, 0, 1))
            .bind(Role.INDEX, ArrayTensor.indices(3));
    // Pair 0 turns by 3, pair 1 by 3 / 100.
    assertArrayEquals(
        new double[] {Math.cos(3), Math.sin(3), -Math.sin(0.03), Math.cos(0.03)},
        elementwise(Elementwise.Kind.ROPE, 4, store, 4),
        1e-15);
  }

  @Test
  void shouldGateGatherSearchAndSum() {
    final TensorStore store =
        new TensorStore()
            .bind(Role.INPUT, fp32(1, 4, 0, 1, 5, 2))
            .bind(Role.OTHER, fp32(1, 4, 1, 2, 3, 4));
    final double silu = 1 / (1 + Math.exp(-1));
    assertArrayEquals(
        new double[] {0, 2 * silu}, elementwise(Elementwise.Kind.SILU_MUL, 0, store, 2), 1e-12);
    assertArrayEquals(new double[] {2, 5}, elementwise(Elementwise.Kind.ARGMAX, 0, store, 4), 0);
    assertArrayEquals(new double[] {1, 3, 8, 6}, elementwise(Elementwise.Kind.ADD, 0, store, 4), 0);
    final TensorStore experts =
        new TensorStore()
            .bind(Role.INPUT, fp32(2, 1, 10, 20))
            .bind(Role.INDEX, ArrayTensor.indices(1, 0))
            .bind(Role.OTHER, fp32(1, 2, 0.25f, 0.75f));
    assertArrayEquals(
        new double[] {0.25 * 20 + 0.75 * 10},
        elementwise(Elementwise.Kind.COMBINE, 2, experts, 1),
        0);
  }

  @Test
  void shouldExchangeParts() {
    final TensorStore store =
        new TensorStore().bind(Role.INPUT, fp32(2, 4, 1, 2, 3, 4, 50, 60, 70, 80));
    final Collective all = new Collective("c", Collective.Kind.ALL_TO_ALL, 4, Format.FP32, 2);
    assertArrayEquals(new double[] {1, 2, 50, 60}, compute(all, store, 2, 4)[0]);
    assertArrayEquals(new double[] {3, 4, 70, 80}, compute(all, store, 2, 4)[1]);
    final Collective scatter =
        new Collective("c", Collective.Kind.REDUCE_SCATTER, 4, Format.FP32, 2);
    assertArrayEquals(new double[] {73, 84}, compute(scatter, store, 2, 2)[1]);
    final Collective reduce = new Collective("c", Collective.Kind.ALL_REDUCE, 4, Format.FP32, 2);
    assertArrayEquals(new double[] {51, 62, 73, 84}, compute(reduce, store, 2, 4)[0]);
  }

  @Test
  void shouldReportUndefinedResults() {
    final MatMul op = MatMul.dense("x", 1, 1, 1, Format.FP32);
    final TensorStore store = SyntheticTensors.of(op, 1);
    final Comparison comparison =
        new Comparison(
            Reference.of(op, store, MatrixRule.of(MacRule.FP32_FMA), Exponential.FULL), store);
    comparison.compare(new OutputRegion(Role.OUTPUT, 0, 0, 1, 1, Task.NONE));
    final OperatorReport report = comparison.report("x", Format.FP32, 1);
    assertEquals(1, report.faults().size());
    assertTrue(Double.isInfinite(report.worstShare()));
  }
}
