package org.inferchip.numerics;

/**
 * Block floating point: 16 numbers of a sign and a magnitude share the exponent of the largest.
 *
 * @param magnitudeBits bits of a magnitude, its leading one included
 */
record SharedExponent(int magnitudeBits) implements BlockFormat {
  private static final int SIZE = 16;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    final double step = step(BlockFormat.largest(values, from, to));
    final int limit = (1 << magnitudeBits) - 1;
    for (int i = from; i < to; i++) {
      final double code = Math.rint(values[i] / step);
      values[i] = (float) (Math.max(-limit, Math.min(limit, code)) * step);
    }
  }

  private double step(final double largest) {
    if (!(largest > 0)) {
      return largest == 0 ? 1 : Double.NaN;
    }
    final int exponent = Math.max(Math.getExponent(largest), Float.MIN_EXPONENT);
    return Math.scalb(1.0, exponent + 1 - magnitudeBits);
  }

  /** A whole step: the largest magnitude may round up to what has no code. */
  @Override
  public double absoluteError(final double largest) {
    return largest == 0 ? 0 : step(largest);
  }
}
