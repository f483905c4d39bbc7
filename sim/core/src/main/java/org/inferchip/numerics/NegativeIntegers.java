package org.inferchip.numerics;

/**
 * GGUF q4_0: 32 codes of -8 to 7 share a binary16 scale with a sign, which gives the element of
 * largest magnitude the code -8.
 */
record NegativeIntegers() implements BlockFormat {
  private static final int SIZE = 32;
  private static final int LOW = -8;
  private static final int HIGH = 7;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    float extreme = 0;
    for (int i = from; i < to; i++) {
      if (!(Math.abs(values[i]) <= Math.abs(extreme))) {
        extreme = values[i];
      }
    }
    final float scale = Minifloat.FP16.round(extreme / LOW);
    for (int i = from; i < to; i++) {
      // Halves go up, as in the library: floor(x + 1/2).
      final double code = scale == 0 ? 0 * values[i] : Math.floor(values[i] / (double) scale + 0.5);
      values[i] = (float) (Math.max(LOW, Math.min(HIGH, code)) * scale);
    }
  }

  /** A whole step: an element as large as the extreme, of the other sign, gets 7. */
  @Override
  public double absoluteError(final double largest) {
    final double scale = Minifloat.FP16.round((float) (largest / -LOW));
    return scale + Math.max(0, largest + LOW * scale);
  }
}
