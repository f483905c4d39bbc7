package org.inferchip.arithmetic;

import org.inferchip.arch.MatrixUnit;
import org.inferchip.arithmetic.analog.CrossbarBound;
import org.inferchip.numerics.ErrorBounds;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TensorRef.Role;

/**
 * A matrix product with weights in analog arrays: the exact one in float64, with the bound of
 * {@link CrossbarBound} for each array along the reduction, and of the digital sums behind them.
 */
final class AnalogReference implements Reference {
  private static final double U = ErrorBounds.unitRoundoff(Format.FP32);

  private final MatMul op;
  private final MatrixUnit.Analog unit;
  private final Tensor input;
  private final Tensor weight;
  private final MatMulReference exact;

  AnalogReference(
      final MatMul op,
      final TensorStore store,
      final MatrixUnit.Analog unit,
      final MatMulReference exact) {
    this.op = op;
    this.unit = unit;
    this.exact = exact;
    input = store.get(Role.INPUT);
    weight = store.get(Role.WEIGHT);
  }

  @Override
  public void compute(
      final OutputRegion block,
      final boolean asWritten,
      final double[][] value,
      final double[][] bound) {
    exact.compute(block, asWritten, value, bound);
    if (asWritten) {
      return;
    }
    int first = 0;
    for (int group = 0; group < op.groups(); group++) {
      final int from = Math.max(block.row(), first);
      first += op.groupRows().get(group);
      final int to = Math.min(block.row() + block.rows(), first);
      for (int k = 0; from < to && k < op.k(); k += unit.rows()) {
        tile(block, group, from, to, k, Math.min(unit.rows(), op.k() - k), bound);
      }
    }
  }

  private void tile(
      final OutputRegion block,
      final int group,
      final int from,
      final int to,
      final int k,
      final int depth,
      final double[][] bound) {
    final int columns = block.cols();
    final double[] weights = new double[depth * columns];
    for (int i = 0; i < depth; i++) {
      final long row = (long) group * op.k() + k + i;
      final double[] read = Reference.read(weight, row, block.col(), columns, false);
      System.arraycopy(read, 0, weights, i * columns, columns);
    }
    final double[] scales = AnalogArithmetic.scales(weights, depth, columns);
    final CrossbarBound array =
        new CrossbarBound(unit.cell(), unit.converters(), weights, depth, columns);
    for (int row = from; row < to; row++) {
      final double[] x = Reference.read(input, row, k, depth, false);
      double largest = 0;
      for (final double one : x) {
        largest = Math.max(largest, Math.abs(one));
      }
      for (int i = 0; i < depth && largest > 0; i++) {
        x[i] /= largest;
      }
      final double[] off = array.of(x);
      for (int j = 0; j < columns; j++) {
        bound[row - block.row()][j] += (1 + 8 * U) * off[j] * largest * scales[j];
      }
    }
  }
}
