package org.inferchip.numerics;

/**
 * Rounds to formats with the exponents of binary32 and a shorter mantissa (bfloat16, TF32).
 *
 * <p>On the bits taken as an integer: add half of the dropped range, less one when the last kept
 * bit is even, then clear the dropped bits. A carry runs into the exponent, so overflow gives
 * infinity and subnormals need no case of their own. NaNs become the canonical NaN.
 */
final class TruncatedFloatRounding implements Rounding {

  private final int dropped;

  TruncatedFloatRounding(final int mantissaBits) {
    this.dropped = 23 - mantissaBits;
  }

  @Override
  public float round(final float x) {
    if (x != x) {
      return Float.NaN;
    }
    final int bits = Float.floatToRawIntBits(x);
    final int half = (1 << (dropped - 1)) - 1 + ((bits >>> dropped) & 1);
    return Float.intBitsToFloat((bits + half) & -(1 << dropped));
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    for (int i = from; i < to; i++) {
      values[i] = round(values[i]);
    }
  }
}
