package org.inferchip.numerics;

/**
 * Signed 8-bit integers with one scale, symmetric around zero.
 *
 * <p>{@code q = clamp(rint(x / scale), -127, 127)}, ties to even; the value stands for {@code q *
 * scale}. -128 is not used, so that negation is closed (an assumption, as in most inference
 * stacks). Integers are held in floats. NaN stays NaN, so that unwritten data does not turn into a
 * number; real hardware would give some integer.
 *
 * @param scale size of one step, positive and finite
 */
public record Int8Quantiser(float scale) {

  /** Largest magnitude of a code. */
  public static final int LIMIT = 127;

  /** Checks the scale. */
  public Int8Quantiser {
    if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale " + scale + " is not positive and finite");
    }
  }

  /** The scale at which a largest magnitude just fits; 1 when everything is zero. */
  public static Int8Quantiser forLargest(final float largestMagnitude) {
    final float scale = largestMagnitude / LIMIT;
    return new Int8Quantiser(scale > 0 ? scale : 1f);
  }

  /** The code of a number. */
  public float quantise(final float x) {
    // The quotient is rounded to binary64, then to an integer: for 24-bit operands the quotient is
    // never within 2^-48 of a tie without being one, so the double rounding does no harm.
    final double code = Math.rint((double) x / scale);
    return (float) Math.max(-LIMIT, Math.min(LIMIT, code));
  }

  /** The number that a code stands for. */
  public float dequantise(final float code) {
    return code * scale;
  }
}
