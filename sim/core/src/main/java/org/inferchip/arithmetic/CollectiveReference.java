package org.inferchip.arithmetic;

import org.inferchip.numerics.ErrorBounds;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.program.TensorRef.Role;

/**
 * What each device of a collective must get. Sums may be rounded to the message's format at every
 * hop: the bound is {@code gamma(devices)} in that format and fp32 together.
 */
final class CollectiveReference implements Reference {
  private final Collective op;
  private final Tensor input;

  /** Elements of a device's part. */
  private final int part;

  private final double factor;

  CollectiveReference(final Collective op, final TensorStore store) {
    this.op = op;
    input = store.get(Role.INPUT);
    part = Math.toIntExact((op.elements() - 1) / op.devices() + 1);
    final double u = ErrorBounds.unitRoundoff(op.format()) + ErrorBounds.unitRoundoff(Format.FP32);
    factor = ErrorBounds.gamma(op.devices(), u);
  }

  @Override
  public void compute(
      final OutputRegion block,
      final boolean exact,
      final double[][] value,
      final double[][] bound) {
    for (int r = 0; r < block.rows(); r++) {
      final int device = block.row() + r;
      for (int c = 0; c < block.cols(); c++) {
        final int col = block.col() + c;
        switch (op.kind()) {
          case ALL_REDUCE -> sum(col, exact, value[r], bound[r], c);
          case REDUCE_SCATTER -> sum(device * part + col, exact, value[r], bound[r], c);
          case ALL_GATHER -> value[r][c] = input(col / part, col % part, exact);
          case ALL_TO_ALL -> value[r][c] = input(col / part, device * part + col % part, exact);
          case SEND -> value[r][c] = input(0, col, exact);
          default -> throw new AssertionError(op.kind());
        }
      }
    }
  }

  private double input(final int row, final int col, final boolean exact) {
    return Reference.read(input, row, col, 1, exact)[0];
  }

  private void sum(
      final int col,
      final boolean exact,
      final double[] value,
      final double[] bound,
      final int at) {
    double magnitude = 0;
    for (int device = 0; device < op.devices(); device++) {
      final double x = input(device, col, exact);
      value[at] += x;
      magnitude += Math.abs(x);
    }
    bound[at] = factor * magnitude + op.devices() * ErrorBounds.underflow(op.format());
  }
}
