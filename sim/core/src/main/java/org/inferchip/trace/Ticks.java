package org.inferchip.trace;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Whether arrivals were rounded to a clock's ticks. Mooncake's real traces have 12,031 arrivals on
 * 1,180 timestamps, 2.999 to 3.001 s apart; replayed as they stand, they are a burst every 3 s.
 * Assumption: three arrivals a timestamp on average and 20 timestamps are quantised.
 *
 * @param requests how many arrivals
 * @param distinct how many different ones
 * @param tickNanos median distance of neighbouring different ones; 0 where there are fewer than two
 */
record Ticks(int requests, int distinct, long tickNanos) {
  private static final int LEAST_SHARED = 3;
  private static final int LEAST_TICKS = 20;

  static Ticks of(final LongStream arrivals) {
    final long[] all = arrivals.filter(nanos -> nanos != Request.UNTIMED).sorted().toArray();
    final long[] different = Arrays.stream(all).distinct().toArray();
    if (different.length < 2) {
      return new Ticks(all.length, different.length, 0);
    }
    final long[] gaps = new long[different.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = different[i + 1] - different[i];
    }
    Arrays.sort(gaps);
    return new Ticks(all.length, different.length, gaps[gaps.length / 2]);
  }

  boolean isQuantised() {
    return distinct >= LEAST_TICKS && requests >= (long) LEAST_SHARED * distinct;
  }
}
