package org.inferchip.report;

import org.jfree.chart.JFreeChart;

/**
 * A chart and the numbers that it draws.
 *
 * @param drawing the picture
 * @param width on screen, in pixels
 * @param height on screen, in pixels
 * @param csv what is drawn, as CSV with units in the header
 */
record Chart(JFreeChart drawing, int width, int height, String csv) {
  /** The chart at another size. */
  Chart sized(final int otherWidth, final int otherHeight) {
    return new Chart(drawing, otherWidth, otherHeight, csv);
  }
}
