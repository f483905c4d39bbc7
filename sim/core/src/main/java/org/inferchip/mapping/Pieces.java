package org.inferchip.mapping;

import org.inferchip.numerics.Format;

/**
 * Rows of a tile cut into equal pieces (the last may be shorter) that pass through a small buffer.
 *
 * @param rows rows of the tile
 * @param piece rows of a piece
 */
record Pieces(int rows, int piece) {

  /** Most bytes of a piece that waits to be stored: an assumption, a few transactions' worth. */
  static final int BYTES = 8 * 1024;

  /** Rows of a tile whose piece stays within {@link #BYTES}, at least 1. */
  static int rowsFor(final int rows, final int cols, final Format format) {
    return (int) Math.max(1, Math.min(rows, BYTES / format.bytes(cols)));
  }

  int count() {
    return MatMulGrid.ceil(rows, piece);
  }

  int first(final int index) {
    return index * piece;
  }

  int rowsOf(final int index) {
    return Math.min(piece, rows - index * piece);
  }

  boolean isLast(final int index) {
    return index == count() - 1;
  }

  /** Borders of blocks: the last piece stands apart, for it ends something or is shorter. */
  int[] cuts() {
    return Cuts.of(count(), count() - 1);
  }
}
