package org.inferchip.arithmetic;

import java.util.Arrays;
import org.inferchip.numerics.MatrixView;
import org.inferchip.program.Buffer;

/**
 * One slot of a buffer with its values, flat and row-major in whatever shape a task gives it. NaN
 * until written. Sums of integers are doubles, everything else floats.
 */
final class Slot {
  private final String name;
  final float[] values;
  final double[] sums;

  /** What integer codes or sums of them are worth. */
  float scale = 1f;

  boolean filled;

  /** First row and column of the region that was loaded into it. */
  int row;

  int col;

  Slot(final Buffer buffer, final boolean integers) {
    final int elements = Math.multiplyExact(buffer.rows(), buffer.cols());
    name = buffer.name();
    values = integers ? null : new float[elements];
    sums = integers ? new double[elements] : null;
    reset();
  }

  /** Undefined again. */
  void reset() {
    if (values != null) {
      Arrays.fill(values, Float.NaN);
    } else {
      Arrays.fill(sums, Double.NaN);
    }
    scale = 1f;
    filled = false;
  }

  /** Element as a number, integers scaled. */
  float get(final int index) {
    return values != null ? values[index] : (float) (sums[index] * scale);
  }

  /** Throws unless so many elements fit. */
  void require(final long elements) {
    final int room = values != null ? values.length : sums.length;
    if (elements > room) {
      throw new ScheduleFault(elements + " elements of a slot of " + name + " with " + room);
    }
  }

  /** The slot as a matrix whose rows are {@code stride} apart. */
  MatrixView matrix(final int rows, final int cols, final int stride) {
    require((long) (rows - 1) * stride + cols);
    return new MatrixView(values, 0, rows, cols, stride, 1);
  }
}
