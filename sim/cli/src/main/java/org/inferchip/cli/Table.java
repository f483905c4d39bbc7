package org.inferchip.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A console table: a header line, a rule, rows; columns aligned with two spaces between them.
 *
 * <pre>{@code
 * new Table().left("operator").right("latency", "us").row("qkv_proj", 12.345)
 * }</pre>
 *
 * <p>Fractions are shown with four significant digits; the JSON has them whole.
 */
final class Table {
  private static final MathContext SHOWN = new MathContext(4);
  private static final double PLAIN_LOW = 1e-4;
  private static final double PLAIN_HIGH = 1e7;

  private final List<String> heads = new ArrayList<>();
  private final List<Boolean> rights = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column of words. */
  Table left(final String head) {
    heads.add(head);
    rights.add(false);
    return this;
  }

  /** Adds a column of numbers without a unit. */
  Table right(final String head) {
    heads.add(head);
    rights.add(true);
    return this;
  }

  /** Adds a column of numbers with their unit. */
  Table right(final String head, final String unit) {
    return right(head + " [" + unit + "]");
  }

  /**
   * Adds a row.
   *
   * @param cells one a column; a null is shown as a dash
   */
  Table row(final Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " columns");
    }
    final List<String> row = new ArrayList<>();
    for (final Object cell : cells) {
      row.add(shown(cell));
    }
    rows.add(row);
    return this;
  }

  /** A number as tables show it. */
  static String number(final double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    final BigDecimal rounded = new BigDecimal(value).round(SHOWN);
    final double size = Math.abs(value);
    if (size != 0 && (size < PLAIN_LOW || size >= PLAIN_HIGH)) {
      final int exponent = rounded.precision() - rounded.scale() - 1;
      final BigDecimal digits = rounded.movePointLeft(exponent).stripTrailingZeros();
      return digits.toPlainString() + "e" + exponent;
    }
    final BigDecimal plain = rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    return size == 0 ? "0" : plain.toPlainString();
  }

  /** A share in percent: what is beyond a tenth is no finding. */
  static String percent(final double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  @Override
  public String toString() {
    final int[] widths = new int[heads.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = heads.get(column).length();
      for (final List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    final StringBuilder text = new StringBuilder();
    append(text, heads, widths);
    final List<String> rule = new ArrayList<>();
    for (final int width : widths) {
      rule.add("-".repeat(width));
    }
    append(text, rule, widths);
    for (final List<String> row : rows) {
      append(text, row, widths);
    }
    return text.toString();
  }

  private void append(final StringBuilder text, final List<String> cells, final int[] widths) {
    final StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      final String cell = cells.get(column);
      final String space = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : "  ");
      line.append(rights.get(column) ? space + cell : cell + space);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String shown(final Object cell) {
    if (cell == null) {
      return "-";
    }
    if (cell instanceof Double || cell instanceof Float) {
      return number(((Number) cell).doubleValue());
    }
    return cell.toString();
  }
}
