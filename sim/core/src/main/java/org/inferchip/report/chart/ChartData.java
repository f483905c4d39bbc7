package org.inferchip.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * What a chart draws, as a table.
 *
 * @param header names of the columns, with units in square brackets
 * @param rows values, each a {@link String} or a {@link Double}; as many as columns
 */
public record ChartData(List<String> header, List<List<Object>> rows) {
  /** Checks that rows and header match. */
  public ChartData {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
    for (final List<Object> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(row + " is no row of " + header);
      }
    }
  }

  /** Points of lines: their name, x and y. */
  static ChartData of(final Axis x, final Axis y, final List<Series> series) {
    final List<List<Object>> rows = new ArrayList<>();
    for (final Series line : series) {
      for (int i = 0; i < line.x().length; i++) {
        rows.add(List.of(line.name(), line.x()[i], line.y()[i]));
      }
    }
    return new ChartData(List.of("series", x.label(), y.label()), rows);
  }
}
