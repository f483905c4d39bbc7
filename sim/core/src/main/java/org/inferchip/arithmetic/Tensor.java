package org.inferchip.arithmetic;

import org.inferchip.numerics.Format;

/**
 * Values of one two-dimensional tensor, read and written in runs of a row.
 *
 * <p>A tensor holds values of its format, in floats. Of {@link Format#INT8} it holds the integer
 * codes; a code stands for {@code code * scale()}. What was never written is NaN.
 */
public interface Tensor {

  /** Rows. */
  long rows();

  /** Columns. */
  int cols();

  /** Element format. */
  Format format();

  /** What one step of the integer codes is worth; 1 for other formats. */
  default float scale() {
    return 1f;
  }

  /**
   * Reads consecutive columns of a row.
   *
   * @throws IndexOutOfBoundsException outside the tensor
   */
  void read(long row, int col, int count, float[] out, int offset);

  /**
   * Reads what the elements were before they were rounded to the format, where that is known; else
   * what they stand for.
   */
  default void readExact(
      final long row, final int col, final int count, final float[] out, final int offset) {
    read(row, col, count, out, offset);
    if (scale() != 1f) {
      for (int i = offset; i < offset + count; i++) {
        out[i] *= scale();
      }
    }
  }

  /**
   * Writes consecutive columns of a row; the values are of the format already.
   *
   * @throws UnsupportedOperationException for inputs
   */
  default void write(
      final long row, final int col, final int count, final float[] values, final int offset) {
    throw new UnsupportedOperationException("an input is not written");
  }

  /** Throws unless a run lies inside. */
  default void check(final long row, final int col, final int count) {
    if (row < 0 || row >= rows() || col < 0 || count < 0 || col > cols() - count) {
      throw new IndexOutOfBoundsException(
          "row "
              + row
              + ", columns "
              + col
              + " to "
              + (col + count)
              + " of "
              + rows()
              + " x "
              + cols());
    }
  }
}
