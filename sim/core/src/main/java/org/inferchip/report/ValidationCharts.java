package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.inferchip.calibrate.ValidationReport;
import org.inferchip.calibrate.ValidationReport.Row;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Lines;
import org.inferchip.report.chart.Scatter;
import org.inferchip.report.chart.Series;

/** The two charts of a group of predicted rows. */
final class ValidationCharts {
  /** Limiters in the order of their colours, which are the same in every chart. */
  private static final List<String> LIMITERS =
      List.of("compute", "memory", "latency", "link", ValidationReport.SEVERAL);

  private static final int BINS_A_DECADE = 2;
  private static final double BAND = 0.2;

  private ValidationCharts() {}

  /**
   * Predicted over measured time on logarithmic axes, marked by limiter, with the diagonal and the
   * lines of 20 % above and below it.
   */
  static Chart correlation(final String title, final List<Row> rows) {
    final List<Series> marks = new ArrayList<>();
    for (final String limiter : LIMITERS) {
      final List<Row> some = rows.stream().filter(r -> r.limiter().equals(limiter)).toList();
      marks.add(new Series(limiter, values(some, Row::measured), values(some, Row::predicted)));
    }
    return Scatter.correlation(
        title,
        Axis.log("measured [us]"),
        Axis.log("predicted [us]"),
        marks,
        BAND,
        "slower",
        "faster");
  }

  /**
   * Mean absolute error by size, beside those of the two rooflines, and the mean signed error. Rows
   * are binned by the half decade of their measured time; a point stands at its rows' mean time.
   */
  static Chart errorBySize(final String title, final List<Row> rows) {
    final Map<Integer, List<Row>> bins = new TreeMap<>();
    for (final Row row : rows) {
      final int bin = (int) Math.floor(BINS_A_DECADE * StrictMath.log10(row.measured()));
      bins.computeIfAbsent(bin, key -> new ArrayList<>()).add(row);
    }
    final List<Series> lines = new ArrayList<>();
    lines.add(binned("simulation, absolute", bins, row -> Math.abs(error(row, row.predicted()))));
    lines.add(binned("simulation, signed", bins, row -> error(row, row.predicted())));
    lines.add(
        binned(
            "calibrated roofline, absolute",
            bins,
            row -> Math.abs(error(row, row.calibrated().orElse(Double.NaN)))));
    lines.add(
        binned("plain roofline, absolute", bins, row -> Math.abs(error(row, row.roofline()))));
    return Lines.of(
        title,
        Axis.log("measured [us]"),
        Axis.linear("mean error [%]"),
        lines.stream().filter(line -> line.x().length > 0).toList());
  }

  private static Series binned(
      final String name, final Map<Integer, List<Row>> bins, final ToDoubleFunction<Row> error) {
    final List<double[]> points = new ArrayList<>();
    for (final List<Row> bin : bins.values()) {
      final double[] errors =
          bin.stream().mapToDouble(error).filter(value -> !Double.isNaN(value)).toArray();
      if (errors.length > 0) {
        final double log =
            bin.stream().mapToDouble(row -> StrictMath.log(row.measured())).average().orElse(0);
        points.add(
            new double[] {
              StrictMath.exp(log), java.util.Arrays.stream(errors).average().orElse(0)
            });
      }
    }
    return new Series(
        name,
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> point[1]).toArray());
  }

  private static double error(final Row row, final double predicted) {
    return 100 * (predicted / row.measured() - 1);
  }

  private static double[] values(final List<Row> rows, final ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).toArray();
  }
}
