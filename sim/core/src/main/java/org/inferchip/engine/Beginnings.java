package org.inferchip.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Timed beginnings of programs on one chip (see {@link Pace}), by a digest of all that their timing
 * depends on: large messages of different sizes begin alike. Thread-safe.
 */
public final class Beginnings {
  private final Map<Long, Timing> timed = new ConcurrentHashMap<>();

  /** None yet. */
  public Beginnings() {}

  /** The timing of a beginning; two with one 64-bit digest are taken as one. */
  Timing get(final long digest, final Supplier<Timing> simulation) {
    Timing timing = timed.get(digest);
    if (timing == null) {
      timing = simulation.get();
      timed.put(digest, timing);
    }
    return timing;
  }

  /** How many there are. */
  int size() {
    return timed.size();
  }
}
