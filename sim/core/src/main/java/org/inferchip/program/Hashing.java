package org.inferchip.program;

/** 64-bit hashes of what is equal for timing; two values with one hash are taken as one. */
public final class Hashing {
  /** The golden ratio, as multiplicative hashing takes it (Knuth, volume 3, 6.4). */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Hashing() {}

  /** The hash of a value. */
  public static long of(final long value) {
    return mix(0, value);
  }

  /** A hash of what had a hash, not a mere number, and of one value more. */
  public static long mix(final long hash, final long value) {
    final long h = (hash ^ value) * GOLDEN;
    return h ^ h >>> 32;
  }
}
