package org.inferchip.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Empirical distributions: the percentage of values that are not above x. */
public final class Cdf {
  private Cdf() {}

  /**
   * A line a sample.
   *
   * @param x of the values
   * @param of what is counted: {@code completed requests}
   * @param samples values by name, in any order
   */
  public static Chart of(
      final String title, final Axis x, final String of, final Map<String, double[]> samples) {
    final List<Series> lines = new ArrayList<>();
    samples.forEach(
        (name, values) -> {
          final double[] sorted = values.clone();
          Arrays.sort(sorted);
          lines.add(Series.distribution(name, sorted));
        });
    return Lines.of(title, x, Axis.percent(of + " [%]"), lines);
  }
}
