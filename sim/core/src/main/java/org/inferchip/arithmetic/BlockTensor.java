package org.inferchip.arithmetic;

import org.inferchip.numerics.BlockFormat;
import org.inferchip.numerics.Format;

/**
 * Values of another tensor rounded to a format with shared scales. Blocks lie along the reduction
 * of a product: down the columns of weights, along the rows of everything else.
 */
final class BlockTensor implements Tensor {
  private final Tensor exact;
  private final Format format;
  private final BlockFormat blocks;
  private final int down;

  /** The last blocks that were rounded; replaced whole, so that threads may share a tensor. */
  private volatile Blocks last = new Blocks(-1, 0, 0, new float[0][]);

  /**
   * Rounded rows from one of them on.
   *
   * @param row first row
   * @param col first column
   * @param cols columns
   * @param values by row
   */
  private record Blocks(long row, int col, int cols, float[][] values) {
    boolean hold(final long wanted, final int from, final int count) {
      return row >= 0
          && wanted >= row
          && wanted < row + values.length
          && from == col
          && count == cols;
    }
  }

  /**
   * A view of a tensor.
   *
   * @param exact values before they are rounded
   * @param format with shared scales
   * @param blocks its rule
   * @param down rows after which blocks begin anew (k of a product); 0 if blocks lie along rows
   */
  BlockTensor(final Tensor exact, final Format format, final BlockFormat blocks, final int down) {
    this.exact = exact;
    this.format = format;
    this.blocks = blocks;
    this.down = down;
  }

  @Override
  public long rows() {
    return exact.rows();
  }

  @Override
  public int cols() {
    return exact.cols();
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public void read(
      final long row, final int col, final int count, final float[] out, final int offset) {
    check(row, col, count);
    if (down == 0) {
      along(row, col, count, out, offset);
      return;
    }
    Blocks now = last;
    if (!now.hold(row, col, count)) {
      now = rounded(row, col, count);
      last = now;
    }
    System.arraycopy(now.values()[(int) (row - now.row())], 0, out, offset, count);
  }

  private void along(
      final long row, final int col, final int count, final float[] out, final int offset) {
    final int from = col - col % blocks.size();
    final int end = col + count + blocks.size() - 1;
    final int to = Math.min(cols(), end - end % blocks.size());
    final float[] values = new float[to - from];
    exact.readExact(row, from, to - from, values, 0);
    blocks.roundAll(values, 0, values.length);
    System.arraycopy(values, col - from, out, offset, count);
  }

  private Blocks rounded(final long row, final int col, final int count) {
    final long first = row - row % down % blocks.size();
    final int rows = (int) Math.min(blocks.size(), down - first % down);
    final float[][] values = new float[rows][count];
    for (int r = 0; r < rows; r++) {
      exact.readExact(first + r, col, count, values[r], 0);
    }
    final float[] block = new float[rows];
    for (int c = 0; c < count; c++) {
      for (int r = 0; r < rows; r++) {
        block[r] = values[r][c];
      }
      blocks.round(block, 0, rows);
      for (int r = 0; r < rows; r++) {
        values[r][c] = block[r];
      }
    }
    return new Blocks(first, col, count, values);
  }

  @Override
  public void readExact(
      final long row, final int col, final int count, final float[] out, final int offset) {
    exact.readExact(row, col, count, out, offset);
  }
}
