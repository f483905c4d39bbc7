package org.inferchip.report.chart;

import java.util.Objects;

/**
 * A named line of a chart.
 *
 * @param name shown in the legend
 * @param x abscissas
 * @param y ordinates, as many
 */
public record Series(String name, double[] x, double[] y) {
  /** Checks that x and y match. */
  public Series {
    Objects.requireNonNull(name, "name");
    if (x.length != y.length) {
      throw new IllegalArgumentException(name + ": " + x.length + " x, " + y.length + " y");
    }
  }

  /**
   * The empirical distribution of values: y is the percentage of values not above x.
   *
   * @param name shown in the legend
   * @param sorted values in ascending order
   */
  public static Series distribution(final String name, final double[] sorted) {
    final int points = Math.min(sorted.length, 500);
    final double[] x = new double[points];
    final double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      final int rank = (int) (((long) i + 1) * sorted.length / points);
      x[i] = sorted[rank - 1];
      y[i] = 100.0 * rank / sorted.length;
    }
    return new Series(name, x, y);
  }
}
