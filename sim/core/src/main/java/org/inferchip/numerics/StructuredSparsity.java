package org.inferchip.numerics;

/**
 * Two of four: of each four elements the two of largest magnitude are kept (the earlier of equals)
 * and rounded, the others are zero. Pruning by magnitude alone; models are trained further after
 * it.
 *
 * @param rounding to the format of the values
 * @param values that format
 */
record StructuredSparsity(Rounding rounding, Minifloat values) implements BlockFormat {
  private static final int SIZE = 4;
  private static final int KEPT = 2;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public void round(final float[] block, final int from, final int to) {
    final boolean[] zero = new boolean[to - from];
    for (int i = from; i < to; i++) {
      int larger = 0;
      for (int j = from; j < to; j++) {
        final int order = Float.compare(Math.abs(block[j]), Math.abs(block[i]));
        larger += order > 0 || order == 0 && j < i ? 1 : 0;
      }
      zero[i - from] = larger >= KEPT;
    }
    for (int i = from; i < to; i++) {
      block[i] = zero[i - from] ? 0 : rounding.round(block[i]);
    }
  }

  @Override
  public double unitRoundoff() {
    return Math.scalb(1.0, -1 - values.mantissaBits());
  }

  /** An element as large as the largest may be left out. */
  @Override
  public double absoluteError(final double largest) {
    return largest;
  }
}
