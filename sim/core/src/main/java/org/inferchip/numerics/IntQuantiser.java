package org.inferchip.numerics;

/**
 * Signed integers with one scale, symmetric around zero.
 *
 * <p>{@code q = clamp(rint(x / scale), -limit, limit)}, ties to even; the value stands for {@code q
 * * scale}. The lowest code (-128 of 8 bits) is not used, so that negation is closed (an
 * assumption, as in most inference stacks). Integers are held in floats. NaN stays NaN, so that
 * unwritten data does not turn into a number; real hardware would give some integer.
 *
 * @param limit largest magnitude of a code
 * @param scale size of one step, positive and finite
 */
public record IntQuantiser(int limit, float scale) {

  /** Checks the scale. */
  public IntQuantiser {
    if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale " + scale + " is not positive and finite");
    }
  }

  /** Whether a format holds codes of this kind. */
  public static boolean holds(final Format format) {
    return format == Format.INT8 || format == Format.INT4;
  }

  /** Largest magnitude of a format's codes: 127 of 8 bits, 7 of 4. */
  public static int limit(final Format format) {
    return (1 << (int) format.bits() - 1) - 1;
  }

  /** The scale at which a largest magnitude just fits; 1 when everything is zero. */
  public static IntQuantiser forLargest(final Format format, final float largestMagnitude) {
    final float scale = largestMagnitude / limit(format);
    return new IntQuantiser(limit(format), scale > 0 ? scale : 1f);
  }

  /** The code of a number. */
  public float quantise(final float x) {
    // The quotient is rounded to binary64, then to an integer: for 24-bit operands the quotient is
    // never within 2^-48 of a tie without being one, so the double rounding does no harm.
    final double code = Math.rint((double) x / scale);
    return (float) Math.max(-limit, Math.min(limit, code));
  }
}
