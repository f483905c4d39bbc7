package org.inferchip.report.chart;

import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.data.category.CategoryDataset;

/**
 * Labels on the parts of stacked bars, so that they can be read without colours: name and size
 * where both fit, else the size, else nothing.
 */
final class PartLabels implements CategoryItemLabelGenerator {
  /** Width of the bars' area and of a letter, in pixels; rounded up from looking at them. */
  private static final double PLOT = 330;

  private static final double PIXELS_PER_LETTER = 7.4;

  private final CategoryDataset data;
  private final boolean percent;
  private final double pixelsPerUnit;

  PartLabels(final CategoryDataset data, final Axis value) {
    this.data = data;
    percent = value.scale() == Axis.Scale.PERCENT;
    double longest = percent ? 100 : Double.MIN_VALUE;
    for (int column = 0; column < data.getColumnCount(); column++) {
      double sum = 0;
      for (int row = 0; row < data.getRowCount(); row++) {
        sum += size(row, column);
      }
      longest = Math.max(longest, sum);
    }
    pixelsPerUnit = PLOT / longest;
  }

  private double size(final int row, final int column) {
    final Number value = data.getValue(row, column);
    return value == null ? 0 : value.doubleValue();
  }

  @Override
  public String generateLabel(final CategoryDataset from, final int row, final int column) {
    final double value = size(row, column);
    final String size = percent ? Math.round(value) + " %" : ChartStyle.number(value);
    final String both = data.getRowKey(row) + " " + size;
    if (fits(both, value)) {
      return both;
    }
    return fits(size, value) ? size : null;
  }

  private boolean fits(final String text, final double value) {
    return PIXELS_PER_LETTER * text.length() < pixelsPerUnit * value;
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
