package org.inferchip.numerics;

/**
 * OCP MX: 32 elements share the power of two {@code 2^(floor(log2(largest)) - emax)} (an e8m0
 * scale), where emax is the exponent of the element format's largest number; what lies over that
 * number after scaling saturates.
 *
 * @param element format of the elements
 */
record MicroscalingFormat(Minifloat element) implements BlockFormat {
  private static final int SIZE = 32;
  private static final int SCALE_LIMIT = 127;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    final double scale = scale(BlockFormat.largest(values, from, to));
    for (int i = from; i < to; i++) {
      values[i] = (float) (element.round((float) (values[i] / scale)) * scale);
    }
  }

  private double scale(final double largest) {
    if (!(largest > 0)) {
      return largest == 0 ? 1 : Double.NaN;
    }
    final int exponent = Math.getExponent(largest) - element.maxExponent();
    return Math.scalb(1.0, Math.max(-SCALE_LIMIT, Math.min(SCALE_LIMIT, exponent)));
  }

  @Override
  public double unitRoundoff() {
    return Math.scalb(1.0, -1 - element.mantissaBits());
  }

  /** Half the spacing of the subnormals, and what saturates. */
  @Override
  public double absoluteError(final double largest) {
    final double scale = scale(largest);
    final double lost = Math.max(0, largest - element.maxFinite() * scale);
    return element.minSubnormal() / 2 * scale + lost;
  }
}
