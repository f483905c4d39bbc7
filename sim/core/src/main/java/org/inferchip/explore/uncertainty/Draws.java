package org.inferchip.explore.uncertainty;

import java.nio.charset.StandardCharsets;
import org.inferchip.numerics.CounterGenerator;

/**
 * Probabilities by the name of what is drawn and the number of the draw: neither threads, nor
 * order, nor other variables change them, so systems with a part in common share its draws.
 */
final class Draws {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Half a step of the generator's 24 bits keeps 0 out. */
  private static final double HALF_STEP = 0x1p-25;

  private final CounterGenerator generator;

  Draws(final long seed) {
    generator = new CounterGenerator(seed);
  }

  /** A number of (0, 1), evenly spread over draws. */
  double uniform(final String id, final int draw) {
    return generator.uniform(hash(id), 0, draw) + HALF_STEP;
  }

  /** FNV-1a of 64 bits. */
  private static long hash(final String text) {
    long hash = FNV_OFFSET;
    for (final byte one : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
