package org.inferchip.arithmetic;

/** A program that cannot be executed as it stands: a defect of the schedule, not of the input. */
public final class ScheduleFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what cannot be done, and where. */
  public ScheduleFault(final String message) {
    super(message);
  }
}
