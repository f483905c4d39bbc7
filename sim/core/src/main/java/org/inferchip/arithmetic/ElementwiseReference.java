package org.inferchip.arithmetic;

import java.util.Optional;
import org.inferchip.numerics.BlockFormat;
import org.inferchip.numerics.ErrorBounds;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.IntQuantiser;
import org.inferchip.numerics.SpecialFunctions;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Elementwise.Kind;
import org.inferchip.program.TensorRef.Role;

/**
 * Element-wise work in float64. Bounds follow from one fp32 roundoff u an operation and the stated
 * errors of the special functions; those of norms are in {@link NormReference}.
 */
final class ElementwiseReference implements Reference {
  private static final double U = ErrorBounds.unitRoundoff(Format.FP32);

  private final Elementwise op;
  private final TensorStore store;
  private final NormReference norms;

  ElementwiseReference(final Elementwise op, final TensorStore store) {
    this.op = op;
    this.store = store;
    norms = new NormReference(store.epsilon());
  }

  @Override
  public void compute(
      final OutputRegion block,
      final boolean exact,
      final double[][] value,
      final double[][] bound) {
    for (int r = 0; r < block.rows(); r++) {
      final int row = block.row() + r;
      if (block.role() == Role.SUM) {
        add(row, block.col(), exact, value[r], bound[r]);
      } else {
        row(row, block, exact, value[r], bound[r]);
      }
    }
  }

  private void row(
      final int row,
      final OutputRegion block,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final int col = block.col();
    final int cols = block.cols();
    switch (op.kind()) {
      case RMS_NORM, LAYER_NORM ->
          norm(input(row, 0, op.cols(), exact), null, col, exact, value, bound);
      case ADD_RMS_NORM, ADD_LAYER_NORM -> addAndNorm(row, col, exact, value, bound);
      case ADD -> add(row, col, exact, value, bound);
      case ROPE -> rope(row, col, exact, value, bound);
      case SILU_MUL, GELU_MUL, GELU, RELU -> activation(row, col, exact, value, bound);
      case SOFTMAX -> copy(norms.softmax(input(row, 0, op.cols(), exact)), col, value, bound);
      case EMBEDDING ->
          set(value, Reference.read(store.get(Role.WEIGHT), index(row), col, cols, exact));
      case PERMUTE -> set(value, input(index(row), col, cols, exact));
      case KV_WRITE -> set(value, input(row, col, cols, exact));
      case COMBINE -> combine(row, col, exact, value, bound);
      case ARGMAX -> argmax(row, col, exact, value);
      case TOP_K -> topK(row, col, exact, value, bound);
      case QUANTIZE -> quantise(row, col, exact, value, bound);
      default -> throw new AssertionError(op.kind());
    }
  }

  private double[] input(final long row, final int col, final int cols, final boolean exact) {
    return Reference.read(store.get(Role.INPUT), row, col, cols, exact);
  }

  private long index(final int row) {
    return (long) Reference.read(store.get(Role.INDEX), row, 0, 1, true)[0];
  }

  private static void set(final double[] value, final double[] from) {
    System.arraycopy(from, 0, value, 0, value.length);
  }

  private static void copy(
      final double[][] from, final int col, final double[] value, final double[] bound) {
    System.arraycopy(from[0], col, value, 0, value.length);
    System.arraycopy(from[1], col, bound, 0, bound.length);
  }

  private void add(
      final int row,
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final double[] x = input(row, col, value.length, exact);
    final double[] y = Reference.read(store.get(Role.OTHER), row, col, value.length, exact);
    for (int c = 0; c < value.length; c++) {
      value[c] = x[c] + y[c];
      bound[c] = U * Math.abs(value[c]);
    }
  }

  private void addAndNorm(
      final int row,
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final double[] sum = new double[op.cols()];
    final double[] error = new double[op.cols()];
    add(row, 0, exact, sum, error);
    for (int c = 0; c < sum.length; c++) {
      // The norm works on the sum as it was rounded to the output's format.
      error[c] =
          2 * ErrorBounds.unitRoundoff(op.output()) * Math.abs(sum[c])
              + ErrorBounds.underflow(op.output());
    }
    norm(sum, error, col, exact, value, bound);
  }

  private void norm(
      final double[] x,
      final double[] error,
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final double[] weight = Reference.read(store.get(Role.WEIGHT), 0, 0, op.cols(), exact);
    final boolean layer = op.kind() == Kind.LAYER_NORM || op.kind() == Kind.ADD_LAYER_NORM;
    final double[] off = error == null ? new double[x.length] : error;
    if (layer) {
      final double[] shift = Reference.read(store.get(Role.BIAS), 0, 0, op.cols(), exact);
      copy(norms.layerNorm(x, off, weight, shift), col, value, bound);
    } else {
      copy(norms.rmsNorm(x, off, weight), col, value, bound);
    }
  }

  private void rope(
      final int row,
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final int head = op.parameter();
    final double[] x = input(row, 0, op.cols(), exact);
    final double position = index(row);
    for (int c = 0; c < value.length; c++) {
      final int at = (col + c) / 2 * 2;
      final double angle = RotaryArithmetic.angle(store.ropeTheta(), position, at % head / 2, head);
      final double cos = StrictMath.cos(angle);
      final double sin = StrictMath.sin(angle);
      value[c] = (col + c) % 2 == 0 ? x[at] * cos - x[at + 1] * sin : x[at] * sin + x[at + 1] * cos;
      bound[c] = 4 * U * (Math.abs(x[at]) + Math.abs(x[at + 1]));
    }
  }

  private void activation(
      final int row,
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final boolean gated = op.kind() == Kind.SILU_MUL || op.kind() == Kind.GELU_MUL;
    final double[] x = input(row, col, value.length, exact);
    final double[] up = gated ? input(row, op.cols() + col, value.length, exact) : null;
    for (int c = 0; c < value.length; c++) {
      final double factor = gated ? up[c] : 1;
      switch (op.kind()) {
        case SILU_MUL -> {
          value[c] = SpecialFunctions.silu(x[c]) * factor;
          bound[c] = (2 * SpecialFunctions.SILU_ULPS + 1) * U * Math.abs(value[c]) + 0x1p-140;
        }
        case RELU -> value[c] = Math.max(x[c], 0);
        default -> {
          value[c] = SpecialFunctions.gelu(x[c]) * factor;
          // 1 + tanh cancels for negative x: the error is a share of x, not of the result.
          bound[c] = 6 * U * Math.abs(x[c] * factor);
        }
      }
    }
  }

  private void combine(
      final int row,
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final int terms = Math.max(1, op.parameter());
    for (int j = 0; j < terms; j++) {
      final int at = j * op.rows() + row;
      final double weight = Reference.read(store.get(Role.OTHER), row, j, 1, exact)[0];
      final double[] x = input(index(at), col, value.length, exact);
      for (int c = 0; c < value.length; c++) {
        value[c] += x[c] * weight;
        bound[c] += ErrorBounds.gamma(terms + 1, U) * Math.abs(x[c] * weight);
      }
    }
  }

  private float[] floats(final int row, final boolean exact) {
    final double[] x = input(row, 0, op.cols(), exact);
    final float[] out = new float[x.length];
    for (int c = 0; c < out.length; c++) {
      out[c] = (float) x[c];
    }
    return out;
  }

  private void argmax(final int row, final int col, final boolean exact, final double[] value) {
    final float[] x = floats(row, exact);
    final int column = RowArithmetic.largest(x, 1)[0];
    for (int c = 0; c < value.length; c++) {
      value[c] = col + c == 0 ? column : x[column];
    }
  }

  private void topK(
      final int row,
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final int k = Math.max(1, op.parameter());
    final float[] x = floats(row, exact);
    final int[] columns = RowArithmetic.largest(x, k);
    final double[] top = new double[k];
    for (int i = 0; i < k; i++) {
      top[i] = x[columns[i]];
    }
    final double[][] weights = norms.softmax(top);
    for (int c = 0; c < value.length; c++) {
      final int i = col + c;
      value[c] = i < k ? columns[i] : weights[0][i - k];
      bound[c] = i < k ? 0 : weights[1][i - k];
    }
  }

  private double rowScale(final double[] x) {
    double largest = 0;
    for (final double v : x) {
      largest = Math.max(largest, Math.abs(v));
    }
    return RowArithmetic.scale((float) largest, op.output());
  }

  private void quantise(
      final int row,
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound) {
    final double[] x = input(row, 0, op.cols(), exact);
    final Optional<BlockFormat> blocks = BlockFormat.of(op.output());
    final double scale = blocks.isPresent() ? 1 : rowScale(x);
    for (int c = 0; c < value.length; c++) {
      value[c] = x[col + c] / scale;
      final double step =
          blocks.isPresent()
              ? blocks.get().absoluteError(largestOfBlock(x, col + c, blocks.get().size()))
              : IntQuantiser.holds(op.output()) ? 0.5 : 0;
      bound[c] = step + 4 * U * Math.abs(value[c]);
    }
  }

  private static double largestOfBlock(final double[] x, final int column, final int size) {
    final int from = column - column % size;
    double largest = 0;
    for (int i = from; i < Math.min(from + size, x.length); i++) {
      largest = Math.max(largest, Math.abs(x[i]));
    }
    return largest;
  }
}
