package org.inferchip.trace;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/** Seeded generators, one stream for each purpose, so that one draw more does not shift others. */
final class Random {
  static final int ARRIVALS = 1;
  static final int LENGTHS = 2;
  static final int PREFIXES = 3;
  static final int THINNING = 4;
  static final int SPREADING = 5;

  private Random() {}

  static RandomGenerator of(final long seed, final int stream) {
    return new Well19937c(new int[] {(int) (seed >>> Integer.SIZE), (int) seed, stream});
  }
}
