package org.inferchip.units;

/**
 * A single value of a file as it is written there, whatever it is: a number, a quantity with its
 * unit, a name. For values that stand for others, whose type the reader does not know.
 */
public final class Literal {
  private final String text;

  /** A value as written. */
  public Literal(final String text) {
    this.text = text;
  }

  /** As written, without quotes. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof final Literal literal && literal.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
