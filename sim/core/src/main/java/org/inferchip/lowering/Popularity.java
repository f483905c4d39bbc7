package org.inferchip.lowering;

/**
 * How experts are liked by Zipf's law: that of rank r has the weight r^-s. A skew s of 0 likes all
 * alike.
 */
final class Popularity {
  private Popularity() {}

  /** Weights of so many experts, the most popular first; the first is 1. */
  static double[] weights(final int experts, final double skew) {
    final double[] weights = new double[experts];
    for (int i = 0; i < experts; i++) {
      weights[i] = StrictMath.pow(i + 1, -skew);
    }
    return weights;
  }
}
