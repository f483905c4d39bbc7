package org.inferchip.engine;

/**
 * A result that physics or bookkeeping forbids: faster than a bound, slower than everything one
 * after the other, bytes or time that do not add up. A defect of the simulator or of the program
 * that it was given, never of the user's input.
 */
public final class LawViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which law, with both numbers. */
  public LawViolation(final String message) {
    super(message);
  }

  /** The same, with what was simulated when it broke. */
  public LawViolation(final String what, final LawViolation law) {
    super(what + ": " + law.getMessage(), law);
  }
}
