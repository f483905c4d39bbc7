package org.inferchip.calibrate;

/**
 * How far predictions are from measurements: the mean of sqrt(e^2 + d^2) - d over rows, e the
 * logarithm of predicted over measured and d = {@value #ROUND}: the square of small errors, so that
 * a minimum has a curvature, and the absolute value of large ones, so that outliers sway it little.
 */
final class Loss {
  private static final double ROUND = 0.1;

  /** Loss of a row that could not be predicted. */
  private static final double FAILED = 1;

  private Loss() {}

  /** Of one row. */
  static double of(final double predicted, final double measured) {
    if (!(predicted > 0)) {
      return FAILED;
    }
    return ofLog(StrictMath.log(predicted / measured));
  }

  /** Of one row by the logarithm of its predicted over its measured number. */
  static double ofLog(final double error) {
    return Math.sqrt(error * error + ROUND * ROUND) - ROUND;
  }
}
