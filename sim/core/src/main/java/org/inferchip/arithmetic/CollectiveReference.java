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
      final int col = block.col();
      if (op.traffic().isPresent()) {
        copy(op.traffic().get().source(device), col, value[r].length, exact, value[r], 0);
        continue;
      }
      switch (op.kind()) {
        case ALL_REDUCE -> sum(col, exact, value[r], bound[r]);
        case REDUCE_SCATTER -> sum(device * part + col, exact, value[r], bound[r]);
        case ALL_GATHER -> parts(0, col, exact, value[r]);
        case ALL_TO_ALL -> parts(device * part, col, exact, value[r]);
        case SEND -> copy(0, col, value[r].length, exact, value[r], 0);
        default -> throw new AssertionError(op.kind());
      }
    }
  }

  private void sum(final int col, final boolean exact, final double[] value, final double[] bound) {
    for (int device = 0; device < op.devices(); device++) {
      final double[] x = Reference.read(input, device, col, value.length, exact);
      for (int c = 0; c < x.length; c++) {
        value[c] += x[c];
        bound[c] += Math.abs(x[c]);
      }
    }
    for (int c = 0; c < bound.length; c++) {
      bound[c] = factor * bound[c] + op.devices() * ErrorBounds.underflow(op.format());
    }
  }

  /** Equal parts of the devices' rows, one after the other, each from a column on. */
  private void parts(final int from, final int col, final boolean exact, final double[] value) {
    for (int done = 0; done < value.length; ) {
      final int at = (col + done) % part;
      final int count = Math.min(part - at, value.length - done);
      copy((col + done) / part, from + at, count, exact, value, done);
      done += count;
    }
  }

  private void copy(
      final int row,
      final int col,
      final int count,
      final boolean exact,
      final double[] value,
      final int offset) {
    System.arraycopy(Reference.read(input, row, col, count, exact), 0, value, offset, count);
  }
}
