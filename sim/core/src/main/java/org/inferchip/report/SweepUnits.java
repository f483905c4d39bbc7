package org.inferchip.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.sweep.Column;

/**
 * How a chart shows values of a column: its name without the unit, the unit in brackets, values in
 * a decimal multiple of it in which the largest has at most four digits before the point.
 *
 * @param label with the unit
 * @param perUnit the column's unit in the one shown
 */
record SweepUnits(String label, double perUnit) {
  private static final List<String> PREFIXES = List.of("", "k", "M", "G", "T", "P");
  private static final MathContext SHOWN = new MathContext(4);

  /** Units of figures that have no dimension, by how their names end. */
  private static final Map<String, String> ENDS =
      Map.of(
          "tokens_per_s", "tokens/s",
          "tokens_per_joule", "tokens/J",
          "tokens_per_s_per_watt", "tokens/s/W",
          "tokens_per_usd", "tokens/$",
          "usd_per_million_tokens_input", "$/M tokens",
          "usd_per_million_tokens_output", "$/M tokens",
          "usd_per_million_tokens_total", "$/M tokens");

  /** How a column's values are shown. */
  static SweepUnits of(final Column column, final List<Double> values) {
    final String own =
        column
            .dimension()
            .map(dimension -> column.perBase() == 1e3 ? "ms" : dimension.baseUnit())
            .orElse(ENDS.getOrDefault(column.name(), "1"));
    final double largest = values.stream().mapToDouble(Math::abs).max().orElse(0);
    int prefix = 0;
    double scale = 1;
    while (column.dimension().isPresent()
        && largest / scale >= 1e4
        && prefix < PREFIXES.size() - 1) {
      prefix++;
      scale *= 1e3;
    }
    return new SweepUnits(
        words(column.name()) + " [" + PREFIXES.get(prefix) + own + "]", 1 / scale);
  }

  private static String words(final String name) {
    return name.replaceAll("(?<!_per)_(b_per_s|b_per_cycle|ms|s|w|mm2|usd|b|hz)$", "")
        .replace("cores_0_", "cores ")
        .replace('_', ' ');
  }

  /** A value as a tick. */
  String text(final double value) {
    final BigDecimal rounded = new BigDecimal(value * perUnit).round(SHOWN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
