package org.inferchip.arithmetic;

import org.inferchip.numerics.Format;

/**
 * A rectangle of another tensor: one projection of a fused product, the filled part of a cache.
 *
 * @param whole what is looked at
 * @param firstRow row of it that is row 0 here
 * @param firstCol column of it that is column 0 here
 * @param rows rows
 * @param cols columns
 */
public record TensorView(Tensor whole, long firstRow, int firstCol, long rows, int cols)
    implements Tensor {

  /** Checks that the rectangle lies inside. */
  public TensorView {
    if (firstRow < 0
        || firstCol < 0
        || firstRow + rows > whole.rows()
        || firstCol + cols > whole.cols()) {
      throw new IndexOutOfBoundsException(
          rows
              + " x "
              + cols
              + " at "
              + firstRow
              + ", "
              + firstCol
              + " of "
              + whole.rows()
              + " x "
              + whole.cols());
    }
  }

  @Override
  public Format format() {
    return whole.format();
  }

  @Override
  public float scale() {
    return whole.scale();
  }

  @Override
  public void read(
      final long row, final int col, final int count, final float[] out, final int offset) {
    check(row, col, count);
    whole.read(firstRow + row, firstCol + col, count, out, offset);
  }

  @Override
  public void readExact(
      final long row, final int col, final int count, final float[] out, final int offset) {
    check(row, col, count);
    whole.readExact(firstRow + row, firstCol + col, count, out, offset);
  }

  @Override
  public void write(
      final long row, final int col, final int count, final float[] values, final int offset) {
    check(row, col, count);
    whole.write(firstRow + row, firstCol + col, count, values, offset);
  }
}
