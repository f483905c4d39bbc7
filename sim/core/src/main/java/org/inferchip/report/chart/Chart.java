package org.inferchip.report.chart;

import org.jfree.chart.JFreeChart;

/**
 * A chart and the numbers that it draws.
 *
 * <p>A chart {@link #COLUMN} pixels wide is as wide as a column of a paper: printed 88 mm wide, its
 * smallest letters are 2 mm high, and so they are readable on a telephone too.
 *
 * @param drawing the picture
 * @param width on screen, in pixels
 * @param height on screen, in pixels
 * @param data what is drawn
 */
public record Chart(JFreeChart drawing, int width, int height, ChartData data) {
  /** Width of a column, in pixels. */
  public static final int COLUMN = 520;

  /** Height of a chart of lines or points, in pixels. */
  static final int HEIGHT = 380;

  /** A chart of lines or points at the usual size. */
  static Chart of(final JFreeChart drawing, final ChartData data) {
    return new Chart(drawing, COLUMN, HEIGHT, data);
  }

  /** What is above the picture. */
  public String title() {
    return drawing.getTitle().getText();
  }
}
