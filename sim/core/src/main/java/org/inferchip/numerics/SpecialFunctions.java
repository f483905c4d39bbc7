package org.inferchip.numerics;

/**
 * The functions of a vector unit in binary32, with the same bits on every JDK.
 *
 * <p>Only the four operations, fma, square root and {@link StrictMath} are used, all of which the
 * Java platform defines to the bit. Largest errors, in units in the last place of the result, are
 * checked against binary64 by the tests: {@code exp} {@value #EXP_ULPS}, {@code tanh} and {@code
 * rsqrt} {@value #ROUNDED_ULPS}, {@code sigmoid} and {@code silu} {@value #SILU_ULPS}. Real units
 * differ in the last bits, and document it seldom; they are assumed to be this good.
 */
public final class SpecialFunctions {

  /** Largest error of {@link #exp} in ulps, also among subnormal results. */
  public static final double EXP_ULPS = 1.0;

  /** Largest error of functions that are computed in binary64 and then rounded. */
  public static final double ROUNDED_ULPS = 0.51;

  /** Largest error of {@link #sigmoid} and {@link #silu}: exp, a sum, a quotient. */
  public static final double SILU_ULPS = 3.0;

  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.693145752f;
  private static final float LN2_LOW = 1.42860677e-6f;

  /** 1.5 * 2^23: adding it rounds a small number to an integer. */
  private static final float ROUND_TO_INTEGER = 12582912f;

  private static final float EXP_OVERFLOW = 88.722839f;
  private static final float EXP_UNDERFLOW = -103.972084f;

  private static final double SQRT_2_BY_PI = 0.7978845608028654;
  private static final double GELU_CUBIC = 0.044715;

  private SpecialFunctions() {}

  /**
   * e^x. x = n ln 2 + r with |r| at most ln 2 / 2 (Cody and Waite, two constants), the Taylor
   * polynomial of degree 7 in r (remainder 5e-9), times 2^n in two steps.
   */
  public static float exp(final float x) {
    if (!(x <= EXP_OVERFLOW)) {
      return x + Float.POSITIVE_INFINITY;
    }
    if (x < EXP_UNDERFLOW) {
      return 0f;
    }
    final float n = Math.fma(x, LOG2_E, ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
    final float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = 1f / 5040;
    p = Math.fma(p, r, 1f / 720);
    p = Math.fma(p, r, 1f / 120);
    p = Math.fma(p, r, 1f / 24);
    p = Math.fma(p, r, 1f / 6);
    p = Math.fma(p, r, 0.5f);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    final int half = (int) n >> 1;
    return p * powerOfTwo(half) * powerOfTwo((int) n - half);
  }

  private static float powerOfTwo(final int exponent) {
    return Float.intBitsToFloat((exponent + 127) << 23);
  }

  /** Hyperbolic tangent. */
  public static float tanh(final float x) {
    return (float) tanh((double) x);
  }

  /** Hyperbolic tangent in binary64, relative error under 1e-12. */
  public static double tanh(final double x) {
    final double magnitude = Math.abs(x);
    if (magnitude < 0x1p-13) {
      return x * (1 - x * x / 3);
    }
    final double result = 1 - 2 / (StrictMath.exp(2 * magnitude) + 1);
    return Math.copySign(result, x);
  }

  /** 1 / (1 + e^-x). */
  public static float sigmoid(final float x) {
    return 1f / (1f + exp(-x));
  }

  /** x / (1 + e^-x), also called swish. */
  public static float silu(final float x) {
    return x / (1f + exp(-x));
  }

  /** {@link #silu(float)} in binary64. */
  public static double silu(final double x) {
    return x / (1 + StrictMath.exp(-x));
  }

  /** The tanh form of GELU, {@code x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))}, in binary32. */
  public static float gelu(final float x) {
    final float inner = (float) SQRT_2_BY_PI * Math.fma((float) GELU_CUBIC * x * x, x, x);
    return 0.5f * x * (1f + tanh(inner));
  }

  /** {@link #gelu(float)} in binary64. */
  public static double gelu(final double x) {
    return 0.5 * x * (1 + tanh(SQRT_2_BY_PI * (x + GELU_CUBIC * x * x * x)));
  }

  /** GELU by its definition, {@code x/2 (1 + erf(x / sqrt 2))}, in binary64. */
  public static double geluExact(final double x) {
    return 0.5 * x * (1 + erf(x / Math.sqrt(2)));
  }

  /**
   * The error function in binary64, error under 1e-15: the series {@code 2/sqrt(pi) e^(-x^2) sum of
   * 2^n x^(2n+1) / (2n+1)!!}, whose terms are all of one sign (Abramowitz and Stegun 7.1.6).
   */
  public static double erf(final double x) {
    if (Math.abs(x) >= 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 0x1p-60 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  /** 1 / sqrt(x). */
  public static float rsqrt(final float x) {
    return (float) (1 / Math.sqrt((double) x));
  }
}
