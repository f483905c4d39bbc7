package org.inferchip.report;

import java.util.Locale;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.data.category.CategoryDataset;

/**
 * Labels on the parts of stacked bars of percents, so that they can be read without colours: name
 * and size where both fit, else the size, else nothing.
 */
final class PartLabels implements CategoryItemLabelGenerator {
  /** Width of a percent and of a letter, in pixels of a chart; rounded up from looking at them. */
  private static final double PIXELS_PER_PERCENT = 6.2;

  private static final double PIXELS_PER_LETTER = 7.2;

  private final CategoryDataset data;

  PartLabels(final CategoryDataset data) {
    this.data = data;
  }

  @Override
  public String generateLabel(final CategoryDataset from, final int row, final int column) {
    final double percent = data.getValue(row, column).doubleValue();
    final String size = String.format(Locale.ROOT, "%.0f %%", percent);
    final String both = data.getRowKey(row) + " " + size;
    if (fits(both, percent)) {
      return both;
    }
    return fits(size, percent) ? size : null;
  }

  private static boolean fits(final String text, final double percent) {
    return PIXELS_PER_LETTER * text.length() < PIXELS_PER_PERCENT * percent;
  }

  @Override
  public String generateRowLabel(final CategoryDataset from, final int row) {
    return data.getRowKey(row).toString();
  }

  @Override
  public String generateColumnLabel(final CategoryDataset from, final int column) {
    return data.getColumnKey(column).toString();
  }
}
