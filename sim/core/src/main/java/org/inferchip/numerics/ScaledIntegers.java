package org.inferchip.numerics;

/**
 * GGUF q8_0: 32 integers share the binary16 scale {@code largest / limit}.
 *
 * @param limit largest magnitude of a code
 */
record ScaledIntegers(int limit) implements BlockFormat {
  private static final int SIZE = 32;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    final float scale = scale(BlockFormat.largest(values, from, to));
    for (int i = from; i < to; i++) {
      final double code = scale == 0 ? 0 * values[i] : Math.rint(values[i] / (double) scale);
      values[i] = (float) (Math.max(-limit, Math.min(limit, code)) * scale);
    }
  }

  private float scale(final double largest) {
    return Minifloat.FP16.round((float) (largest / limit));
  }

  @Override
  public double absoluteError(final double largest) {
    final double scale = scale(largest);
    return scale / 2 + Math.max(0, largest - limit * scale);
  }
}
