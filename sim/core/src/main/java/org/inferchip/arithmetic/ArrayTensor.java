package org.inferchip.arithmetic;

import org.inferchip.numerics.Format;
import org.inferchip.numerics.Rounding;

/** A tensor in one array, row-major, that remembers its values from before rounding. */
public final class ArrayTensor implements Tensor {

  private final int rows;
  private final int cols;
  private final Format format;
  private final float[] exact;
  private final float[] values;

  private ArrayTensor(
      final int rows,
      final int cols,
      final Format format,
      final float[] exact,
      final float[] values) {
    if (exact.length != Math.multiplyExact(rows, cols)) {
      throw new IllegalArgumentException(exact.length + " values for " + rows + " x " + cols);
    }
    this.rows = rows;
    this.cols = cols;
    this.format = format;
    this.exact = exact;
    this.values = values;
  }

  /**
   * Values rounded to a floating-point format, or indices.
   *
   * @param exact row-major; kept, not copied
   */
  public static ArrayTensor of(
      final float[] exact, final int rows, final int cols, final Format format) {
    if (format == Format.FP32 || format == Format.INT32) {
      return new ArrayTensor(rows, cols, format, exact, exact);
    }
    final float[] values = exact.clone();
    Rounding.to(format).round(values);
    return new ArrayTensor(rows, cols, format, exact, values);
  }

  /** One integer a row. */
  public static ArrayTensor indices(final int... indices) {
    final float[] values = new float[indices.length];
    for (int i = 0; i < values.length; i++) {
      if (indices[i] < 0 || indices[i] > 1 << 24) {
        throw new IllegalArgumentException("index " + indices[i]);
      }
      values[i] = indices[i];
    }
    return of(values, values.length, 1, Format.INT32);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int cols() {
    return cols;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public void read(
      final long row, final int col, final int count, final float[] out, final int offset) {
    check(row, col, count);
    System.arraycopy(values, (int) row * cols + col, out, offset, count);
  }

  @Override
  public void readExact(
      final long row, final int col, final int count, final float[] out, final int offset) {
    check(row, col, count);
    System.arraycopy(exact, (int) row * cols + col, out, offset, count);
  }
}
