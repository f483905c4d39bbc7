package org.inferchip.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/**
 * A number with what it measures.
 *
 * @param value in the base unit of the dimension
 * @param dimension what it measures
 */
public record Quantity(double value, Dimension dimension) {
  /** Decimal digits that tell any two doubles apart, and a few for the division by the unit. */
  private static final int EXACT_DIGITS = 20;

  /**
   * Reads a quantity such as {@code 80 GiB} or {@code $3.10/h}.
   *
   * @param text number and unit
   * @param dimension what is due
   * @throws BadQuantityException if the text is anything else
   */
  public static Quantity parse(final String text, final Dimension dimension) {
    return new Quantity(QuantityParser.parse(text, dimension), dimension);
  }

  /**
   * The shortest spelling that {@link #parse} reads back to the same value, with the largest unit
   * that takes the fewest digits: {@code 80 GiB} does not become 85.89934592 GB.
   */
  @Override
  public String toString() {
    final String exact = spell(EXACT_DIGITS, true);
    return exact == null ? value + " " + dimension.baseUnit() : exact;
  }

  /**
   * A rounded spelling for tables: the exact one where it is short, else a decimal prefix.
   *
   * @param digits significant digits
   */
  public String rounded(final int digits) {
    final String exact = spell(digits, true);
    return exact == null ? spell(digits, false) : exact;
  }

  /** The shortest spelling within the digits; if it must be exact, null where there is none. */
  private String spell(final int maxDigits, final boolean exact) {
    if (value == 0) {
      return with("0", dimension.baseUnit());
    }
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (final Map.Entry<String, BigDecimal> unit : UnitTable.of(dimension).entrySet()) {
      final double scaled = Math.abs(value) / unit.getValue().doubleValue();
      if (scaled < 1 || scaled >= 1e4 || !printed(unit.getKey(), exact)) {
        continue;
      }
      final String number = number(unit.getValue(), maxDigits, exact);
      final int digits =
          number == null ? 0 : new BigDecimal(number).stripTrailingZeros().precision();
      if (number != null && (digits <= fewest || !exact)) {
        fewest = digits;
        best = with(number, unit.getKey());
      }
    }
    if (best != null) {
      return best;
    }
    final String plain = number(BigDecimal.ONE, maxDigits, exact);
    return plain == null ? null : with(plain, dimension.baseUnit());
  }

  /** Units that people read; rounded numbers use decimal prefixes only. */
  private static boolean printed(final String unit, final boolean exact) {
    final boolean odd =
        unit.contains("Wh") && !unit.contains("$")
            || unit.equals("min")
            || unit.equals("h")
            || unit.equals("cm2")
            || unit.equals("/mm2")
            || unit.equals("pJ/B")
            || unit.contains("FLOP")
            || unit.contains("bit/s");
    return !odd && (exact || !unit.contains("iB"));
  }

  /** The fewest digits that read back to the value, or null if none up to the limit do. */
  private String number(final BigDecimal unit, final int maxDigits, final boolean exact) {
    final BigDecimal whole = new BigDecimal(value);
    for (int digits = exact ? 1 : maxDigits; digits <= maxDigits; digits++) {
      final BigDecimal number = whole.divide(unit, new MathContext(digits, RoundingMode.HALF_EVEN));
      if (!exact || number.multiply(unit).doubleValue() == value) {
        return number.stripTrailingZeros().toPlainString();
      }
    }
    return null;
  }

  private static String with(final String number, final String unit) {
    final int dollar = unit.indexOf('$');
    if (dollar >= 0) {
      return "$" + number + unit.substring(0, dollar) + unit.substring(dollar + 1);
    }
    return number + " " + unit;
  }
}
