package org.inferchip.report;

/**
 * A cell of a table: what is printed, and the number behind it.
 *
 * @param text printed
 * @param value exact; NaN where there is none
 */
public record Figure(String text, double value) {
  /** A number as people read it. */
  public static Figure of(final double value) {
    return new Figure(Figures.of(value), value);
  }

  /** A share, printed in percent. */
  public static Figure percent(final double share) {
    return new Figure(Figures.percent(share), 100 * share);
  }

  /** A count. */
  public static Figure count(final long count) {
    return new Figure(Long.toString(count), count);
  }

  /** A text that is no number. */
  public static Figure text(final String text) {
    return new Figure(text, Double.NaN);
  }

  @Override
  public String toString() {
    return text;
  }
}
