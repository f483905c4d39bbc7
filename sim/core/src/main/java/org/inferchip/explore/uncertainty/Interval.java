package org.inferchip.explore.uncertainty;

import java.util.Arrays;

/**
 * Where a figure lies: percentiles of its draws by nearest rank, so that 90 % of them lie between
 * the outer two. NaN where the figure does not exist.
 *
 * @param p5 5 % lie below
 * @param p50 median
 * @param p95 5 % lie above
 */
public record Interval(double p5, double p50, double p95) {
  /** Of draws, in any order. */
  public static Interval of(final double[] draws) {
    final double[] sorted = draws.clone();
    Arrays.sort(sorted);
    return new Interval(rank(sorted, 0.05), rank(sorted, 0.5), rank(sorted, 0.95));
  }

  /** NaN sorts last, so a figure that some draws lack has none at its high ranks. */
  private static double rank(final double[] sorted, final double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
