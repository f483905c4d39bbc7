package org.inferchip.numerics;

/**
 * Rounds to a minifloat by one addition and one subtraction in binary32.
 *
 * <p>A number of exponent e has the spacing {@code q = 2^(max(e, minExponent) - mantissaBits)}. The
 * constant {@code C = 1.5 * 2^23 * q} has that same spacing in binary32 and keeps it for every sum
 * {@code C + x}, so the addition itself rounds x to a multiple of q, ties to even, and the
 * subtraction is exact. C is an even multiple of q, so parity is kept. Subnormals follow from the
 * maximum. The exponent bits of C are those of x plus a constant: no branch, no table.
 */
final class MagicRounding implements Rounding {

  private static final int EXPONENT_MASK = 0x7f80_0000;
  private static final int TOP_MANTISSA_BIT = 0x0040_0000;

  private final int smallestExponentBits;
  private final int exponentShift;
  private final float maxFinite;
  private final float overflow;

  MagicRounding(final Minifloat format) {
    this.smallestExponentBits = (format.minExponent() + 127) << 23;
    this.exponentShift = (23 - format.mantissaBits()) << 23;
    this.maxFinite = (float) format.maxFinite();
    this.overflow = format.saturates() ? maxFinite : Float.POSITIVE_INFINITY;
  }

  int smallestExponentBits() {
    return smallestExponentBits;
  }

  int exponentShift() {
    return exponentShift;
  }

  float maxFinite() {
    return maxFinite;
  }

  float overflow() {
    return overflow;
  }

  @Override
  public float round(final float x) {
    if (x != x) {
      return Float.NaN;
    }
    // Beyond twice the largest finite value nothing is left to round, and C could overflow.
    if (Math.abs(x) >= 2 * maxFinite) {
      return Math.copySign(overflow, x);
    }
    final int exponent = Float.floatToRawIntBits(x) & EXPONENT_MASK;
    final int magic = Math.max(exponent, smallestExponentBits) + exponentShift;
    final float c = Float.intBitsToFloat(magic | TOP_MANTISSA_BIT);
    final float rounded = (x + c) - c;
    return Math.copySign(Math.abs(rounded) > maxFinite ? overflow : rounded, x);
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    for (int i = from; i < to; i++) {
      values[i] = round(values[i]);
    }
  }
}
