package org.inferchip.serving;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * A summary of times. Percentiles are nearest-rank: the smallest sample with at least p % of all
 * samples at or below it, so that each is a time that occurred. Milliseconds; NaN without samples.
 *
 * @param count samples
 * @param mean arithmetic mean
 * @param min smallest
 * @param p50 median
 * @param p90 90th percentile
 * @param p95 95th percentile
 * @param p99 99th percentile; unsteady below {@link #STEADY_COUNT} samples
 * @param max largest
 */
public record Distribution(
    long count,
    double mean,
    double min,
    double p50,
    double p90,
    double p95,
    double p99,
    double max) {

  /** Of nothing. */
  public static final Distribution EMPTY =
      new Distribution(
          0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Samples from which a 99th percentile rests on at least ten of them. */
  public static final long STEADY_COUNT = 1_000;

  private static final double PICOS_PER_MILLISECOND = 1e9;

  /** Of times in picoseconds; sorts the array. */
  static Distribution of(final long[] picos) {
    if (picos.length == 0) {
      return EMPTY;
    }
    Arrays.sort(picos);
    double sum = 0;
    for (final long value : picos) {
      sum += value;
    }
    return of(picos.length, sum / picos.length, rank -> picos[(int) rank - 1]);
  }

  /**
   * Of sorted times in picoseconds.
   *
   * @param count samples, at least 1
   * @param meanPicos their mean
   * @param byRank the sample of each rank from 1
   */
  static Distribution of(final long count, final double meanPicos, final LongUnaryOperator byRank) {
    return new Distribution(
        count,
        meanPicos / PICOS_PER_MILLISECOND,
        millis(byRank.applyAsLong(1)),
        millis(byRank.applyAsLong(rank(50, count))),
        millis(byRank.applyAsLong(rank(90, count))),
        millis(byRank.applyAsLong(rank(95, count))),
        millis(byRank.applyAsLong(rank(99, count))),
        millis(byRank.applyAsLong(count)));
  }

  private static long rank(final int percent, final long count) {
    return Math.max(1, (percent * count + 99) / 100);
  }

  private static double millis(final long picos) {
    return picos / PICOS_PER_MILLISECOND;
  }
}
