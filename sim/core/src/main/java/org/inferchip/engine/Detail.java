package org.inferchip.engine;

/** How much of a program is simulated. */
public enum Detail {
  /** Representatives of equal cores where that pays; the default. See {@link Folding}. */
  FOLDED,
  /** Every stream. */
  FULL
}
