package org.inferchip.engine;

import java.util.Arrays;
import org.inferchip.units.Picoseconds;

/**
 * Pipes: bandwidth shared among the transfers in flight, as first-in-first-out servers. Latency is
 * not here: it is added once to a transfer, whatever pipes it passes.
 *
 * <p>A pipe that becomes free at F serves b bytes that come at t from max(t, F) to max(t, F) + b r,
 * with r picoseconds for a byte. r is a fixed-point number of {@value #FRACTION_BITS} fraction
 * bits, rounded up (relative error below 1e-11 up to 10 TB/s), the product has 128 bits, and F
 * keeps its fraction: only the end that a transfer is told is rounded up to a whole picosecond,
 * once.
 */
final class Pipes {
  private static final int FRACTION_BITS = 40;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;

  // What stands of a pipe, side by side, since a transfer asks for all of it.
  private static final int FIELDS = 4;
  private static final int RATE = 0;
  private static final int FREE_AT = 1;
  private static final int FREE_FRACTION = 2;
  private static final int SERVED = 3;

  private int count;
  private long[] state = new long[16 * FIELDS];

  /** Adds a pipe and gives its number. */
  int add(final double bytesPerSecond) {
    if (count * FIELDS == state.length) {
      state = Arrays.copyOf(state, 2 * state.length);
    }
    state[count * FIELDS + RATE] = rateOf(bytesPerSecond);
    return count++;
  }

  private static long rateOf(final double bytesPerSecond) {
    if (!(bytesPerSecond >= 1e6)) {
      throw new IllegalArgumentException("a pipe of " + bytesPerSecond + " B/s");
    }
    return Math.max(
        1, (long) Math.ceil(Picoseconds.PER_SECOND / bytesPerSecond * (1L << FRACTION_BITS)));
  }

  /** Serves bytes that come at a time; gives the end of their service. */
  long serve(final int pipe, final long now, final long bytes) {
    final int base = pipe * FIELDS;
    final long r = state[base + RATE];
    final long low = bytes * r;
    long picos = Math.multiplyHigh(bytes, r) << 64 - FRACTION_BITS | low >>> FRACTION_BITS;
    long fraction = low & FRACTION_MASK;
    if (state[base + FREE_AT] < now) {
      picos += now;
    } else {
      fraction += state[base + FREE_FRACTION];
      picos += state[base + FREE_AT] + (fraction >>> FRACTION_BITS);
      fraction &= FRACTION_MASK;
    }
    state[base + FREE_AT] = picos;
    state[base + FREE_FRACTION] = fraction;
    state[base + SERVED] += bytes;
    return fraction == 0 ? picos : picos + 1;
  }

  /** Holds up a pipe for a time. */
  void hold(final int pipe, final long now, final long picos) {
    if (state[pipe * FIELDS + FREE_AT] < now) {
      state[pipe * FIELDS + FREE_AT] = now;
      state[pipe * FIELDS + FREE_FRACTION] = 0;
    }
    state[pipe * FIELDS + FREE_AT] += picos;
  }

  /** Holds up some pipes for a time. */
  void hold(final int[] some, final long now, final long picos) {
    for (final int pipe : some) {
      hold(pipe, now, picos);
    }
  }

  /** Bytes served so far. */
  long served(final int pipe) {
    return state[pipe * FIELDS + SERVED];
  }

  /** Time for some bytes on a pipe when it is idle, rounded up. */
  long alone(final int pipe, final long bytes) {
    return alone(bytes, state[pipe * FIELDS + RATE]);
  }

  /** Share of a time that the pipe serves that has most to serve. */
  double busiest(final long picos) {
    double most = 0;
    for (int pipe = 0; pipe < count; pipe++) {
      most =
          Math.max(
              most,
              (double) state[pipe * FIELDS + SERVED]
                  * state[pipe * FIELDS + RATE]
                  / (1L << FRACTION_BITS)
                  / picos);
    }
    return most;
  }

  /** Draws what is in service. */
  void draw(final Picture picture) {
    for (int pipe = 0; pipe < count; pipe++) {
      picture.instant(state[pipe * FIELDS + FREE_AT]);
      picture.total(state[pipe * FIELDS + SERVED]);
    }
  }

  /** Time that the slowest pipe takes to serve so often what it has served since a picture. */
  long picos(final long times, final Picture since) {
    long longest = 0;
    for (int pipe = 0; pipe < count; pipe++) {
      final long bytes = Math.multiplyExact(times, since.grown(state[pipe * FIELDS + SERVED]));
      final long low = bytes * state[pipe * FIELDS + RATE];
      final long high = Math.multiplyHigh(bytes, state[pipe * FIELDS + RATE]) << 64 - FRACTION_BITS;
      longest = Math.max(longest, 1 + (high | low >>> FRACTION_BITS));
    }
    return longest;
  }

  /** Counts bytes as served. */
  void count(final int pipe, final long bytes) {
    state[pipe * FIELDS + SERVED] += bytes;
  }

  /** Puts all that is in service off. */
  void delay(final long picos) {
    for (int pipe = 0; pipe < count; pipe++) {
      state[pipe * FIELDS + FREE_AT] += picos;
    }
  }

  /** Time for some bytes on an idle pipe of a bandwidth, rounded up. */
  static long alone(final double bytesPerSecond, final long bytes) {
    return alone(bytes, rateOf(bytesPerSecond));
  }

  private static long alone(final long bytes, final long r) {
    final long low = bytes * r;
    final long picos = Math.multiplyHigh(bytes, r) << 64 - FRACTION_BITS | low >>> FRACTION_BITS;
    return (low & FRACTION_MASK) == 0 ? picos : picos + 1;
  }
}
