package org.inferchip.numerics;

/**
 * How a unit computes e^x: x = n ln 2 + r with |r| at most ln 2 / 2, then e^r by a method, times
 * 2^n. The same bits on every JDK.
 *
 * @param method of e^r
 * @param size entries of the table, or degree of the polynomial; 0 for {@link Method#FULL}
 */
public record Exponential(Method method, int size) {
  /** As vector units do it: {@link SpecialFunctions#exp}. */
  public static final Exponential FULL = new Exponential(Method.FULL, 0);

  private static final double HALF = StrictMath.log(2) / 2;
  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.693145752f;
  private static final float LN2_LOW = 1.42860677e-6f;
  private static final float OVERFLOW = 88.0f;
  private static final float UNDERFLOW = -87.0f;
  private static final double U = 0x1p-24;

  /** Methods of e^r. */
  public enum Method {
    /** To an ulp. */
    FULL,
    /** The value in the middle of one of equal parts of the range of r. */
    TABLE,
    /** The Taylor polynomial at 0. */
    POLYNOMIAL
  }

  /** Checks the size. */
  public Exponential {
    final int least = method == Method.FULL ? 0 : method == Method.TABLE ? 2 : 1;
    final int most = method == Method.FULL ? 0 : method == Method.TABLE ? 1 << 16 : 12;
    if (size < least || size > most) {
      throw new IllegalArgumentException(
          "size of a " + method + ": " + size + ", not " + least + " to " + most);
    }
  }

  /**
   * Largest relative error of results that are neither 0 nor infinite. Of a table, e^(w/2) - 1 with
   * parts of width w; of a polynomial of degree d with h = ln 2 / 2, e^2h h^(d+1) / (d+1)!
   * (Lagrange's remainder over the least value); and some roundings.
   */
  public double relativeError() {
    return switch (method) {
      case FULL -> 4 * U;
      case TABLE -> StrictMath.expm1(HALF / size) + 6 * U;
      case POLYNOMIAL -> {
        double remainder = 2;
        for (int i = 1; i <= size + 1; i++) {
          remainder *= HALF / i;
        }
        yield remainder + (2 * size + 6) * U;
      }
    };
  }

  /** e^x; 0 below about -87, where results would be subnormal. */
  public float of(final float x) {
    if (method == Method.FULL || !(x <= OVERFLOW)) {
      return SpecialFunctions.exp(x);
    }
    if (x < UNDERFLOW) {
      return 0f;
    }
    final float n = (float) Math.rint(x * LOG2_E);
    final float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    final float part = method == Method.TABLE ? entry(r) : polynomial(r);
    return part * Float.intBitsToFloat(((int) n + 127) << 23);
  }

  private float entry(final float r) {
    final int index = (int) Math.floor((r + HALF) / (2 * HALF) * size);
    final int kept = Math.max(0, Math.min(size - 1, index));
    return (float) StrictMath.exp(-HALF + (kept + 0.5) * 2 * HALF / size);
  }

  private float polynomial(final float r) {
    float p = 1f;
    for (int i = size; i >= 1; i--) {
      p = Math.fma(p, r / i, 1f);
    }
    return p;
  }
}
