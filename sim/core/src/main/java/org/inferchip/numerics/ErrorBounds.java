package org.inferchip.numerics;

/**
 * A-priori bounds of rounding errors, after Higham, Accuracy and Stability of Numerical Algorithms
 * (2nd edition, SIAM 2002), sections 2.2, 3.1 and 4.2.
 *
 * <p>The model is {@code fl(x op y) = (x op y)(1 + d) + e}, with |d| at most the unit roundoff u
 * and |e| at most half the spacing of the subnormals. Bounds hold while nothing overflows.
 */
public final class ErrorBounds {

  private ErrorBounds() {}

  /** The unit roundoff u: the largest relative error of rounding to nearest, normal range. */
  public static double unitRoundoff(final Format format) {
    return switch (format) {
      case FP64 -> 0x1p-53;
      case FP32, ANALOG -> 0x1p-24;
      case INT32 -> 0;
      case INT8, INT4 ->
          throw new IllegalArgumentException("integers have an absolute error: half their scale");
      default ->
          BlockFormat.of(format)
              .map(BlockFormat::unitRoundoff)
              .orElseGet(() -> Math.scalb(1.0, -1 - Minifloat.of(format).mantissaBits()));
    };
  }

  /**
   * Half the spacing of the subnormals: the largest error of rounding in the subnormal range; 0 for
   * formats with block scales, see {@link BlockFormat#absoluteError}.
   */
  public static double underflow(final Format format) {
    return switch (format) {
      case FP64, INT32 -> 0;
      case FP32, ANALOG -> 0x1p-150;
      default -> BlockFormat.of(format).isPresent() ? 0 : Minifloat.of(format).minSubnormal() / 2;
    };
  }

  /**
   * gamma = n u / (1 - n u), which bounds the product of n factors (1 + d), |d| at most u, less 1.
   *
   * @return infinity when n u reaches 1, where there is no bound
   */
  public static double gamma(final double n, final double u) {
    final double nu = n * u;
    return nu < 1 ? nu / (1 - nu) : Double.POSITIVE_INFINITY;
  }

  /**
   * Largest relative factor of the error of a sum of k products, as a share of the sum of their
   * magnitudes: {@code |computed - exact| <= factor * sum |a||b|} plus {@link #dotUnderflow}.
   *
   * <p>Fused sequential: gamma(k). Rounded sums: gamma(k) with the two roundings of a step as one.
   * Tree of four: a product, two additions, then one for each group.
   */
  public static double dotFactor(final MacRule rule, final long k) {
    final double u = unitRoundoff(Format.FP32);
    return switch (rule) {
      case FP32_FMA -> gamma(k, u);
      case BF16_EACH_MAC, FP16_EACH_MAC -> {
        final double narrow = unitRoundoff(rule.accumulator());
        yield gamma(k, u + narrow + u * narrow);
      }
      case FP32_DOT4 -> gamma(3 + (k + 3) / 4, u);
    };
  }

  /** The part of the error of a sum of k products that underflow can add. */
  public static double dotUnderflow(final MacRule rule, final long k) {
    return 4.0 * k * underflow(rule.accumulator());
  }
}
