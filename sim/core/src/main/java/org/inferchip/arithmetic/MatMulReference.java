package org.inferchip.arithmetic;

import org.inferchip.numerics.ErrorBounds;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.MacRule;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TensorRef.Role;

/**
 * A matrix product in float64.
 *
 * <p>Bound: {@code gamma(max(k, 4)) sum |a||b|} with the roundoff of the accumulator's steps, which
 * holds for any order of the sum, so for tiles and split reductions too; integer sums are exact.
 */
final class MatMulReference implements Reference {
  private static final double U = ErrorBounds.unitRoundoff(Format.FP32);

  private final MatMul op;
  private final Tensor input;
  private final Tensor weight;
  private final Tensor bias;
  private final double factor;
  private final double underflow;

  MatMulReference(final MatMul op, final TensorStore store, final MacRule rule) {
    this.op = op;
    input = store.get(Role.INPUT);
    weight = store.get(Role.WEIGHT);
    bias = op.bias() ? store.get(Role.BIAS) : null;
    final int terms = Math.max(op.k(), 4);
    final double narrow =
        rule.accumulator() == Format.FP32 ? 0 : ErrorBounds.unitRoundoff(rule.accumulator());
    final boolean integers = op.accumulator() == Format.INT32;
    // A sum in integers is exact; what is left is the reference's own roundoff.
    factor = integers ? terms * 0x1p-52 : ErrorBounds.gamma(terms, U + narrow + U * narrow);
    underflow = integers ? 0 : ErrorBounds.dotUnderflow(rule, op.k());
  }

  @Override
  public void compute(
      final OutputRegion block,
      final boolean exact,
      final double[][] value,
      final double[][] bound) {
    int first = 0;
    for (int group = 0; group < op.groups(); group++) {
      final int from = Math.max(block.row(), first);
      first += op.groupRows().get(group);
      final int to = Math.min(block.row() + block.rows(), first);
      if (from < to) {
        rows(block, group, from, to, exact, value, bound);
      }
    }
  }

  private void rows(
      final OutputRegion block,
      final int group,
      final int from,
      final int to,
      final boolean exact,
      final double[][] value,
      final double[][] bound) {
    final double[][] a = new double[to - from][];
    for (int i = from; i < to; i++) {
      a[i - from] = Reference.read(input, i, 0, op.k(), exact);
    }
    for (int k = 0; k < op.k(); k++) {
      final double[] b =
          Reference.read(weight, (long) group * op.k() + k, block.col(), block.cols(), exact);
      for (int i = from; i < to; i++) {
        addProducts(value[i - block.row()], bound[i - block.row()], a[i - from][k], b);
      }
    }
    final double[] shift =
        bias == null
            ? new double[block.cols()]
            : Reference.read(bias, group, block.col(), block.cols(), exact);
    for (int i = from - block.row(); i < to - block.row(); i++) {
      for (int j = 0; j < block.cols(); j++) {
        value[i][j] += shift[j];
        bound[i][j] = factor * bound[i][j] + underflow + 4 * U * Math.abs(value[i][j]);
      }
    }
  }

  private static void addProducts(
      final double[] value, final double[] magnitude, final double a, final double[] b) {
    for (int j = 0; j < b.length; j++) {
      value[j] += a * b[j];
      magnitude[j] += Math.abs(a * b[j]);
    }
  }
}
