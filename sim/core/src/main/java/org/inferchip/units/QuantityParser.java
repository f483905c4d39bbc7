package org.inferchip.units;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads quantities. The number is decimal and the product with the unit's factor is rounded once,
 * so {@code 1.755 GHz} is exactly the double nearest to 1,755,000,000. Dollars stand before the
 * number ({@code $3.10/h}, {@code $3.5M}) or after it ({@code 3.10 $/h}).
 */
final class QuantityParser {
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,4})?)\\s*(.*)");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?\\.?(nan|inf|infinity)\\b.*", Pattern.CASE_INSENSITIVE);

  private QuantityParser() {}

  static double parse(final String text, final Dimension dimension) {
    final String trimmed = text.trim();
    final boolean dollar = trimmed.startsWith("$") || trimmed.startsWith("-$");
    final String bare = dollar ? trimmed.replaceFirst("\\$\\s*", "") : trimmed;
    if (NOT_FINITE.matcher(bare).matches()) {
      throw bad("is not a finite number", dimension, "");
    }
    final Matcher matcher = NUMBER.matcher(bare);
    if (!matcher.matches()) {
      throw bad("is not a number with a unit", dimension, "");
    }
    final String unit = dollar ? dollarUnit(matcher.group(2).trim()) : matcher.group(2).trim();
    final double value = convert(matcher.group(1), unit, dimension);
    checkMagnitude(value, dimension);
    return value;
  }

  /** {@code M/h} after a leading dollar is the unit {@code M$/h}. */
  private static String dollarUnit(final String rest) {
    return rest.startsWith("k") || rest.startsWith("M")
        ? rest.charAt(0) + "$" + rest.substring(1)
        : "$" + rest;
  }

  private static double convert(final String number, final String unit, final Dimension dimension) {
    final BigDecimal factor = UnitTable.of(dimension).get(unit);
    if (factor != null) {
      return new BigDecimal(number).multiply(factor).doubleValue();
    }
    if (unit.isEmpty()) {
      throw bad("lacks a unit", dimension, "");
    }
    for (final Dimension other : Dimension.values()) {
      if (UnitTable.of(other).containsKey(unit)) {
        throw bad(
            "has the wrong dimension, " + other.words() + " instead of " + dimension.words(),
            dimension,
            "");
      }
    }
    final List<String> units = new ArrayList<>(UnitTable.of(dimension).keySet());
    throw bad("has an unknown unit", dimension, Nearest.of(unit, units));
  }

  private static void checkMagnitude(final double value, final Dimension dimension) {
    final double magnitude = Math.abs(value);
    if (magnitude != 0 && magnitude < dimension.smallest()) {
      throw bad(
          "is too small to be meant, below " + limit(dimension.smallest(), dimension),
          dimension,
          "");
    }
    if (magnitude > dimension.largest()) {
      throw bad(
          "is too large to be meant, above " + limit(dimension.largest(), dimension),
          dimension,
          "");
    }
  }

  private static String limit(final double value, final Dimension dimension) {
    return new Quantity(value, dimension).rounded(3);
  }

  private static BadQuantityException bad(
      final String message, final Dimension dimension, final String nearest) {
    return new BadQuantityException(
        message, dimension.words() + " such as " + dimension.example(), nearest);
  }
}
