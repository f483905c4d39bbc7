package org.inferchip.arithmetic;

import org.inferchip.numerics.Exponential;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.TileProgram;

/**
 * An operator in float64, by its definition and not by any schedule, with a bound of the error that
 * rounding may cause.
 */
interface Reference {

  /**
   * Computes a rectangle of a result.
   *
   * @param block which
   * @param exact whether inputs are taken as they were before rounding to their formats; the bound
   *     has no meaning then
   * @param value results, row by row
   * @param bound bounds of the error before the result is rounded to its format
   */
  void compute(OutputRegion block, boolean exact, double[][] value, double[][] bound);

  /** The reference of a program's operator; its bound holds how the program computes. */
  static Reference of(final TileProgram program, final TensorStore store, final MatrixRule rule) {
    return of(program.operator(), store, rule, program.exponential());
  }

  /** The reference of an operator whose exponentials are computed in some way. */
  static Reference of(
      final Operator operator,
      final TensorStore store,
      final MatrixRule rule,
      final Exponential exponential) {
    if (operator instanceof MatMul product) {
      final MatMulReference exact = new MatMulReference(product, store, rule.sums());
      return product.weight() == Format.ANALOG && rule.analog().isPresent()
          ? new AnalogReference(product, store, rule.analog().get(), exact)
          : exact;
    }
    if (operator instanceof Attention attention) {
      return new AttentionReference(attention, store, rule.sums(), exponential.relativeError());
    }
    if (operator instanceof Elementwise elementwise) {
      return new ElementwiseReference(elementwise, store);
    }
    return new CollectiveReference((Collective) operator, store);
  }

  /** A run of a row as numbers; integer codes scaled. */
  static double[] read(
      final Tensor tensor, final long row, final int col, final int count, final boolean exact) {
    final float[] values = new float[count];
    if (exact) {
      tensor.readExact(row, col, count, values, 0);
    } else {
      tensor.read(row, col, count, values, 0);
    }
    final double scale = exact ? 1 : tensor.scale();
    final double[] out = new double[count];
    for (int i = 0; i < count; i++) {
      out[i] = values[i] * scale;
    }
    return out;
  }
}
