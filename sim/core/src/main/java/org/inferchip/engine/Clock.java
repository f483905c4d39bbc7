package org.inferchip.engine;

import java.math.BigInteger;
import org.inferchip.units.Picoseconds;

/**
 * A clock of a whole number of hertz. A duration of n cycles is ceil(n 1e12 / f) picoseconds of the
 * whole n, never a sum of rounded cycles, so that long runs do not drift.
 */
final class Clock {
  private static final long PICOS_PER_SECOND = 1_000_000_000_000L;
  private static final long WITHIN_LONG = Long.MAX_VALUE / PICOS_PER_SECOND;
  private static final BigInteger PICOS = BigInteger.valueOf(PICOS_PER_SECOND);

  private final long hertz;

  Clock(final double hertz) {
    this.hertz = Math.round(hertz);
    if (this.hertz < 1) {
      throw new IllegalArgumentException("clock of " + hertz + " Hz");
    }
  }

  /** Picoseconds of some cycles, rounded up once. */
  long picos(final long cycles) {
    if (cycles < WITHIN_LONG) {
      return MatrixLaw.ceilDiv(cycles * PICOS_PER_SECOND, hertz);
    }
    final BigInteger[] parts =
        BigInteger.valueOf(cycles).multiply(PICOS).divideAndRemainder(BigInteger.valueOf(hertz));
    return Math.addExact(parts[0].longValueExact(), parts[1].signum());
  }

  /** Picoseconds of some seconds, to the nearest. */
  static long ofSeconds(final double seconds) {
    return Picoseconds.of(seconds);
  }
}
