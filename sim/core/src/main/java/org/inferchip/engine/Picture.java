package org.inferchip.engine;

import java.util.Arrays;

/**
 * The state of a simulation without where it stands in time: a hash of all that must be equal for
 * two states to go on alike, and the instants that lie ahead, as picoseconds from now.
 */
final class Picture {
  private long hash;
  private long[] ahead = new long[256];
  private int count;

  void clear() {
    hash = 1;
    count = 0;
  }

  /** Adds what must be equal. */
  void equal(final long value) {
    final long h = (hash ^ value) * 0x9E3779B97F4A7C15L;
    hash = h ^ h >>> 29;
  }

  /** Adds an instant; all that are past are alike. */
  void instant(final long time, final long now) {
    if (count == ahead.length) {
      ahead = Arrays.copyOf(ahead, 2 * count);
    }
    ahead[count++] = Math.max(0, time - now);
  }

  /** Whether two states go on alike, up to some picoseconds of each instant. */
  boolean matches(final Picture other, final long tolerance) {
    if (hash != other.hash || count != other.count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (Math.abs(ahead[i] - other.ahead[i]) > tolerance) {
        return false;
      }
    }
    return true;
  }
}
