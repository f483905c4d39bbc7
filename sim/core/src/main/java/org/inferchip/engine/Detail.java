package org.inferchip.engine;

/** How much of a program is simulated. */
public enum Detail {
  /**
   * Representatives of equal cores where that pays, and loops until they repeat; the default. See
   * {@link Folding} and {@link Steady}. An observed run simulates every trip.
   */
  FOLDED,
  /** Every trip of every stream. */
  FULL
}
