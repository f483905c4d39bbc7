package org.inferchip.numerics;

import java.util.Arrays;

/**
 * A rectangle of floats inside an array, with free strides, so that a transpose costs nothing.
 *
 * <p>Element (r, c) lies at {@code offset + r * rowStride + c * columnStride}. The view does not
 * copy: it reads and writes the array that it was given.
 *
 * @param data the array
 * @param offset index of element (0, 0)
 * @param rows how many rows
 * @param columns how many columns
 * @param rowStride distance of two rows
 * @param columnStride distance of two columns
 */
public record MatrixView(
    float[] data, int offset, int rows, int columns, int rowStride, int columnStride) {

  /** Checks that every element lies in the array. */
  public MatrixView {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("negative shape " + rows + " x " + columns);
    }
    if (rows > 0 && columns > 0) {
      final long down = (rows - 1L) * rowStride;
      final long across = (columns - 1L) * columnStride;
      final long low = offset + Math.min(0, down) + Math.min(0, across);
      final long high = offset + Math.max(0, down) + Math.max(0, across);
      if (low < 0 || high >= data.length) {
        throw new IndexOutOfBoundsException(
            rows + " x " + columns + " at " + offset + " leaves an array of " + data.length);
      }
    }
  }

  /** The whole of a row-major array. */
  public static MatrixView of(final float[] data, final int rows, final int columns) {
    return new MatrixView(data, 0, rows, columns, columns, 1);
  }

  /** A new matrix of zeros. */
  public static MatrixView zeros(final int rows, final int columns) {
    return of(new float[Math.multiplyExact(rows, columns)], rows, columns);
  }

  /** The same elements with rows and columns swapped. */
  public MatrixView transposed() {
    return new MatrixView(data, offset, columns, rows, columnStride, rowStride);
  }

  /** A rectangle of this view. */
  public MatrixView block(final int row, final int column, final int height, final int width) {
    return new MatrixView(data, index(row, column), height, width, rowStride, columnStride);
  }

  /** Index in the array of element (row, column). */
  public int index(final int row, final int column) {
    return offset + row * rowStride + column * columnStride;
  }

  /** Element (row, column). */
  public float get(final int row, final int column) {
    return data[index(row, column)];
  }

  /** Sets element (row, column). */
  public void set(final int row, final int column, final float value) {
    data[index(row, column)] = value;
  }

  /** Writes one value into every element. */
  public void fill(final float value) {
    for (int r = 0; r < rows; r++) {
      if (columnStride == 1) {
        Arrays.fill(data, index(r, 0), index(r, 0) + columns, value);
      } else {
        for (int c = 0; c < columns; c++) {
          data[index(r, c)] = value;
        }
      }
    }
  }
}
