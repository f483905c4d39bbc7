package org.inferchip.mapping;

import org.inferchip.numerics.Format;

/**
 * How the result rows of an attention item are cut to pass through a small buffer. Rows are tokens
 * x heads; a piece is some tokens with all heads, or one token with some of its heads.
 *
 * @param tokens tokens of a piece
 * @param heads heads of a piece
 */
record RowPieces(int tokens, int heads) {

  /**
   * Pieces within {@link Pieces#BYTES} where one head's row allows it.
   *
   * @param tokens most tokens of an item
   * @param heads heads of an item
   */
  static RowPieces of(final int tokens, final int heads, final int valueDim, final Format format) {
    final long token = format.bytes((long) heads * valueDim);
    if (token <= Pieces.BYTES) {
      return new RowPieces((int) Math.min(tokens, Pieces.BYTES / token), heads);
    }
    return new RowPieces(1, divisor(heads, valueDim, format));
  }

  /** The largest divisor of a number of heads whose rows stay within {@link Pieces#BYTES}, or 1. */
  static int divisor(final int heads, final int valueDim, final Format format) {
    int part = heads;
    while (part > 1 && (heads % part != 0 || format.bytes((long) part * valueDim) > Pieces.BYTES)) {
      part--;
    }
    return part;
  }

  int rows() {
    return tokens * heads;
  }

  /** Pieces of an item of so many tokens and heads. */
  int count(final int itemTokens, final int itemHeads) {
    return MatMulGrid.ceil(itemTokens, tokens) * (itemHeads / heads);
  }
}
