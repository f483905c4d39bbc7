package org.inferchip.numerics;

/**
 * A small binary floating-point format: its codes and its exact rounding.
 *
 * <p>A code is sign, exponent and mantissa from the top bit down. Rounding is to nearest, ties to
 * even. What lies over the largest finite value after rounding becomes infinity in the IEEE
 * formats, and the largest finite value in the OCP ones (the saturating conversion of the OCP 8-bit
 * floating point specification 1.0, which also saturates infinities). NaN stays NaN.
 *
 * <p>Written for clarity; {@link Rounding} holds the fast forms.
 *
 * @param exponentBits width of the exponent field
 * @param mantissaBits width of the mantissa field
 * @param top what the highest exponent holds
 * @param saturates whether overflow gives the largest finite value rather than infinity
 */
public record Minifloat(int exponentBits, int mantissaBits, Top top, boolean saturates) {

  /** IEEE 754 binary16. */
  public static final Minifloat FP16 = new Minifloat(5, 10, Top.SPECIAL, false);

  /** bfloat16 with IEEE overflow. */
  public static final Minifloat BF16 = new Minifloat(8, 7, Top.SPECIAL, false);

  /** TensorFloat-32: the exponents of binary32, ten mantissa bits. */
  public static final Minifloat TF32 = new Minifloat(8, 10, Top.SPECIAL, false);

  /** OCP FP8 E4M3, saturating. */
  public static final Minifloat E4M3 = new Minifloat(4, 3, Top.ONE_NAN, true);

  /** OCP FP8 E5M2, saturating. */
  public static final Minifloat E5M2 = new Minifloat(5, 2, Top.SPECIAL, true);

  /** Elements of MXFP6: OCP FP6 E3M2. */
  public static final Minifloat E3M2 = new Minifloat(3, 2, Top.NUMBERS, true);

  /** Elements of MXFP4 and NVFP4: OCP FP4 E2M1. */
  public static final Minifloat E2M1 = new Minifloat(2, 1, Top.NUMBERS, true);

  /** What the highest exponent of a format holds. */
  public enum Top {
    /** Infinity and NaNs only, as in IEEE. */
    SPECIAL,
    /** Numbers, and one NaN: the highest mantissa (OCP E4M3). */
    ONE_NAN,
    /** Numbers only; the format has no NaN. */
    NUMBERS
  }

  /** The minifloat of a storage format. */
  public static Minifloat of(final Format format) {
    return switch (format) {
      case FP16 -> FP16;
      case BF16 -> BF16;
      case TF32 -> TF32;
      case FP8_E4M3 -> E4M3;
      case FP8_E5M2 -> E5M2;
      default -> throw new IllegalArgumentException(format.key() + " is no minifloat");
    };
  }

  /** Exponent bias: half the exponent range. */
  public int bias() {
    return (1 << (exponentBits - 1)) - 1;
  }

  /** Exponent of the smallest normal number. */
  public int minExponent() {
    return 1 - bias();
  }

  /** Exponent of the largest finite number. */
  public int maxExponent() {
    return (1 << exponentBits) - (top == Top.SPECIAL ? 2 : 1) - bias();
  }

  /** Largest finite number. */
  public double maxFinite() {
    final int topMantissa = (1 << mantissaBits) - (top == Top.ONE_NAN ? 2 : 1);
    return Math.scalb((1 << mantissaBits) + topMantissa, maxExponent() - mantissaBits);
  }

  /** Smallest positive number: the spacing of the subnormals. */
  public double minSubnormal() {
    return Math.scalb(1.0, minExponent() - mantissaBits);
  }

  /** Codes of the format: two to the power of its bits. */
  public int codes() {
    return 1 << (1 + exponentBits + mantissaBits);
  }

  /** The value of a code. */
  public float decode(final int code) {
    final int mantissa = code & ((1 << mantissaBits) - 1);
    final int exponent = (code >>> mantissaBits) & ((1 << exponentBits) - 1);
    final double magnitude;
    final boolean topExponent = exponent == (1 << exponentBits) - 1;
    if (topExponent && top == Top.SPECIAL) {
      magnitude = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (topExponent && top == Top.ONE_NAN && mantissa == (1 << mantissaBits) - 1) {
      magnitude = Double.NaN;
    } else if (exponent == 0) {
      magnitude = mantissa * minSubnormal();
    } else {
      magnitude = Math.scalb((1 << mantissaBits) + mantissa, exponent - bias() - mantissaBits);
    }
    return (float) (code >= codes() / 2 ? -magnitude : magnitude);
  }

  /**
   * The code of {@code round(x)}; NaN gives the positive code with the highest bits set, which is a
   * number where the format has no NaN.
   */
  public int encode(final float x) {
    final float rounded = round(x);
    if (Float.isNaN(rounded)) {
      return codes() / 2 - 1;
    }
    final int sign = Float.floatToRawIntBits(rounded) < 0 ? codes() / 2 : 0;
    final double magnitude = Math.abs((double) rounded);
    if (Double.isInfinite(magnitude)) {
      return sign | ((1 << exponentBits) - 1) << mantissaBits;
    }
    final int exponent = Math.max(Math.getExponent(magnitude), minExponent());
    final int significand = (int) Math.scalb(magnitude, mantissaBits - exponent);
    // A subnormal has no hidden bit: its exponent field is 0, not 1.
    return sign + ((exponent + bias() - 1) << mantissaBits) + significand;
  }

  /** The nearest value of the format, ties to even. */
  public float round(final float x) {
    if (Float.isNaN(x)) {
      return Float.NaN;
    }
    final double magnitude = Math.abs((double) x);
    double rounded = magnitude;
    if (!Double.isInfinite(magnitude)) {
      final int exponent = Math.max(Math.getExponent(magnitude), minExponent());
      final double quantum = Math.scalb(1.0, exponent - mantissaBits);
      // Both operations are exact: the quantum is a power of two within the range of a double.
      rounded = Math.rint(magnitude / quantum) * quantum;
    }
    if (rounded > maxFinite()) {
      rounded = saturates ? maxFinite() : Double.POSITIVE_INFINITY;
    }
    return Math.copySign((float) rounded, x);
  }
}
