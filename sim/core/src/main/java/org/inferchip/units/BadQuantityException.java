package org.inferchip.units;

/** A text that is not the quantity that is due. The reader of a file adds the place. */
public final class BadQuantityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String nearest;

  BadQuantityException(final String message, final String expected, final String nearest) {
    super(message);
    this.expected = expected;
    this.nearest = nearest;
  }

  /** What may stand there. */
  public String expected() {
    return expected;
  }

  /** The nearest valid unit, or empty. */
  public String nearest() {
    return nearest;
  }
}
