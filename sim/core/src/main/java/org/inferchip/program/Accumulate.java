package org.inferchip.program;

/** Which step of an accumulation a task is; see {@link Buffer}. */
public enum Accumulate {
  /** Opens the slot and starts the sum. */
  FIRST,
  /** Adds to an open slot. */
  MIDDLE,
  /** Adds and fills. */
  LAST,
  /** Opens and fills: a sum of one step. */
  ONLY;

  /** Whether this step opens the slot. */
  public boolean opens() {
    return this == FIRST || this == ONLY;
  }

  /** Whether this step fills the slot. */
  public boolean fills() {
    return this == LAST || this == ONLY;
  }

  /** The step at a place of a loop. */
  public static Accumulate of(final boolean first, final boolean last) {
    if (first) {
      return last ? ONLY : FIRST;
    }
    return last ? LAST : MIDDLE;
  }
}
