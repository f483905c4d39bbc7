package org.inferchip.arithmetic;

import org.inferchip.numerics.ErrorBounds;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.SpecialFunctions;

/**
 * Norms and softmax of a row in float64, with bounds. Each method gives the results and the bounds.
 *
 * <p>RMS norm: the mean square is off by gamma(n + 2) of itself, its root by half of that; three
 * roundings follow. Layer norm: the mean is off by {@code d = gamma(n) mean|x|}; deviations by d
 * and a rounding each; sigma by {@code gamma(n + 3) + 2 d / sigma} of itself. An error of the input
 * itself passes through both the element and the norm.
 */
final class NormReference {
  private static final double U = ErrorBounds.unitRoundoff(Format.FP32);

  private final double epsilon;

  NormReference(final double epsilon) {
    this.epsilon = epsilon;
  }

  double[][] rmsNorm(final double[] x, final double[] error, final double[] weight) {
    double squares = 0;
    double off = 0;
    for (int c = 0; c < x.length; c++) {
      squares += x[c] * x[c];
      off += error[c] * (2 * Math.abs(x[c]) + error[c]);
    }
    final double square = squares / x.length + epsilon;
    final double factor = 1 / Math.sqrt(square);
    final double relative = ErrorBounds.gamma(x.length + 6, U) + off / x.length / square + 5 * U;
    final double[][] out = new double[2][x.length];
    for (int c = 0; c < x.length; c++) {
      out[0][c] = x[c] * factor * weight[c];
      out[1][c] = relative * Math.abs(out[0][c]) + error[c] * 2 * factor * Math.abs(weight[c]);
    }
    return out;
  }

  double[][] layerNorm(
      final double[] x, final double[] error, final double[] weight, final double[] shift) {
    final int n = x.length;
    double sum = 0;
    double magnitude = 0;
    double errors = 0;
    for (int c = 0; c < n; c++) {
      sum += x[c];
      magnitude += Math.abs(x[c]);
      errors += error[c];
    }
    final double mean = sum / n;
    final double meanError =
        ErrorBounds.gamma(n + 1, U) * magnitude / n + errors / n + U * Math.abs(mean);
    double squares = 0;
    double off = 0;
    for (int c = 0; c < n; c++) {
      final double deviation = Math.abs(x[c] - mean);
      squares += deviation * deviation;
      final double each = error[c] + meanError;
      off += each * (2 * deviation + each);
    }
    final double square = squares / n + epsilon;
    final double factor = 1 / Math.sqrt(square);
    final double relative = ErrorBounds.gamma(n + 6, U) + off / n / square + 5 * U;
    final double[][] out = new double[2][n];
    for (int c = 0; c < n; c++) {
      final double normed = (x[c] - mean) * factor * weight[c];
      out[0][c] = normed + shift[c];
      out[1][c] =
          relative * Math.abs(normed)
              + 2 * (error[c] + meanError) * factor * Math.abs(weight[c])
              + 2 * U * Math.abs(out[0][c]);
    }
    return out;
  }

  double[][] softmax(final double[] x) {
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    for (final double v : x) {
      max = Math.max(max, v);
      min = Math.min(min, v);
    }
    double sum = 0;
    final double[][] out = new double[2][x.length];
    for (int c = 0; c < x.length; c++) {
      out[0][c] = StrictMath.exp(x[c] - max);
      sum += out[0][c];
    }
    // Both an exponential and the sum of all are off by their own error and that of their argument.
    final double each = U * (max - min) + 2 * SpecialFunctions.EXP_ULPS * U;
    final double share = StrictMath.expm1(2 * each + ErrorBounds.gamma(x.length, U) + 2 * U);
    for (int c = 0; c < x.length; c++) {
      out[0][c] /= sum;
      out[1][c] = share * out[0][c] + 0x1p-140;
    }
    return out;
  }
}
