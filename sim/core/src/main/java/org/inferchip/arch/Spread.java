package org.inferchip.arch;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inferchip.units.BadQuantityException;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/**
 * A stated range of a number:
 *
 * <pre>
 *   0.5x..2x                      times the number
 *   40 pJ/B..67 pJ/B              from one value to another, each with its unit
 *   0.07..0.5 of power.tdp        shares of another number of the same description
 *   exact                         none
 * </pre>
 *
 * Shares of another number are widened where they do not hold this one. What the ends mean depends
 * on the distribution: see {@link Source.Distribution}.
 */
public final class Spread {
  /** What a text must look like, for messages. */
  public static final String EXPECTED =
      "a range such as 0.5x..2x, 40 W..90 W, 0.07..0.5 of power.tdp, or exact";

  private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
  private static final Pattern FACTORS = Pattern.compile(NUMBER + "x\\.\\." + NUMBER + "x");
  private static final Pattern SHARES =
      Pattern.compile(NUMBER + "\\.\\." + NUMBER + " of ([a-z0-9_.]+)");
  private static final Pattern VALUES = Pattern.compile("(.+?)\\.\\.(.+)");

  private final String text;

  /** What {@link #within} makes of a range: the ends, in the base unit of the number. */
  public record Ends(double low, double high) {}

  private Spread(final String text) {
    this.text = text.trim();
  }

  /** A range as a file spells it. */
  public static Spread of(final String text) {
    return new Spread(text);
  }

  /**
   * The ends of the range of a number.
   *
   * @param value stated
   * @param dimension of it; empty for a plain number
   * @param other the number at a key path of the same description
   * @throws IllegalArgumentException if the text is no such range, or does not hold the value
   */
  public Ends within(
      final double value,
      final Optional<Dimension> dimension,
      final Function<String, Optional<Double>> other) {
    if (SHARES.matcher(text).matches()) {
      return around(value, dimension, other); // a variant may have changed the other number
    }
    final Ends ends = ends(value, dimension, other);
    if (!(ends.low <= value && value <= ends.high)) {
      throw new IllegalArgumentException("does not hold the stated value");
    }
    return ends;
  }

  /** As {@link #within}, for the range of a whole kind: it is widened to hold the value. */
  public Ends around(
      final double value,
      final Optional<Dimension> dimension,
      final Function<String, Optional<Double>> other) {
    final Ends ends = ends(value, dimension, other);
    return new Ends(Math.min(ends.low, value), Math.max(ends.high, value));
  }

  private Ends ends(
      final double value,
      final Optional<Dimension> dimension,
      final Function<String, Optional<Double>> other) {
    if (text.equals("exact")) {
      return new Ends(value, value);
    }
    final Matcher factors = FACTORS.matcher(text);
    if (factors.matches()) {
      return scaled(factors, value);
    }
    final Matcher shares = SHARES.matcher(text);
    if (shares.matches()) {
      return scaled(
          shares,
          other
              .apply(shares.group(3))
              .orElseThrow(
                  () -> new IllegalArgumentException("names no number: " + shares.group(3))));
    }
    final Matcher values = VALUES.matcher(text);
    if (!values.matches()) {
      throw new IllegalArgumentException("is no range");
    }
    return new Ends(number(values.group(1), dimension), number(values.group(2), dimension));
  }

  private static Ends scaled(final Matcher ends, final double by) {
    return new Ends(Double.parseDouble(ends.group(1)) * by, Double.parseDouble(ends.group(2)) * by);
  }

  private static double number(final String text, final Optional<Dimension> dimension) {
    try {
      return dimension.isPresent()
          ? Quantity.parse(text, dimension.get()).value()
          : Double.parseDouble(text.trim());
    } catch (final BadQuantityException e) {
      throw new IllegalArgumentException(text.trim() + " " + e.getMessage(), e);
    } catch (final NumberFormatException e) {
      throw new IllegalArgumentException(text.trim() + " is no plain number", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
