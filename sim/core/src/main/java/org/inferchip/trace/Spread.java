package org.inferchip.trace;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How token counts are distributed. Percentiles are nearest-rank: the smallest value with at least
 * that share of the values at or below it.
 */
public record Spread(
    long count,
    double mean,
    int min,
    int p1,
    int p10,
    int p25,
    int p50,
    int p75,
    int p90,
    int p95,
    int p99,
    int max) {

  static Spread of(final IntStream values) {
    final int[] sorted = values.sorted().toArray();
    return new Spread(
        sorted.length,
        Arrays.stream(sorted).average().orElse(Double.NaN),
        rank(sorted, 0),
        rank(sorted, 1),
        rank(sorted, 10),
        rank(sorted, 25),
        rank(sorted, 50),
        rank(sorted, 75),
        rank(sorted, 90),
        rank(sorted, 95),
        rank(sorted, 99),
        rank(sorted, 100));
  }

  /** The nearest-rank percentile. */
  private static int rank(final int[] sorted, final int percent) {
    final int percents = 100;
    final long position = -Math.floorDiv(-(long) sorted.length * percent, (long) percents);
    return sorted[(int) Math.max(0, position - 1)];
  }
}
