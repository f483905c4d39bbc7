package org.inferchip.report;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.inferchip.calibrate.ValidationReport;
import org.inferchip.calibrate.ValidationReport.Row;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;

/** The two charts of a group of predicted rows. */
final class ValidationCharts {
  /** Limiters in the order of their colours, which are the same in every chart. */
  private static final List<String> LIMITERS =
      List.of("compute", "memory", "latency", "link", ValidationReport.SEVERAL);

  private static final double MARK = 0.6;
  private static final double MARGIN = 1.3;
  private static final int BINS_A_DECADE = 2;
  private static final double BAND = 0.2;
  private static final int LINES = 3;
  private static final float THIN = 1.1f;

  private ValidationCharts() {}

  /**
   * Predicted over measured time on logarithmic axes, marked by limiter, with the diagonal and the
   * lines of 20 % above and below it.
   */
  static Chart correlation(final String title, final List<Row> rows) {
    final double low = least(rows) / MARGIN;
    final double high = most(rows) * MARGIN;
    final List<Series> marks = new ArrayList<>();
    for (final String limiter : LIMITERS) {
      final List<Row> some = rows.stream().filter(r -> r.limiter().equals(limiter)).toList();
      marks.add(new Series(limiter, values(some, Row::measured), values(some, Row::predicted)));
    }
    final Chart chart =
        Charts.linesAndPoints(
            title,
            Charts.Axis.log("measured [us]"),
            Charts.Axis.log("predicted [us]"),
            List.of(
                line("equal", low, high, 1),
                line("20 % slower", low, high, 1 + BAND),
                line("20 % faster", low, high, 1 - BAND)),
            marks);
    final XYPlot plot = chart.drawing().getXYPlot();
    for (final ValueAxis axis : List.of(plot.getDomainAxis(), plot.getRangeAxis())) {
      axis.setRange(low, high);
    }
    for (int line = 0; line < LINES; line++) {
      thin(plot.getRenderer(), line);
    }
    for (int i = 0; i < marks.size(); i++) {
      // Colours are the same in every chart; limiters without rows are not named.
      plot.getRenderer(1).setSeriesVisibleInLegend(i, marks.get(i).x().length > 0);
    }
    shrink(plot.getRenderer(1), marks.size());
    return chart;
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
    return Charts.lines(
        title,
        Charts.Axis.log("measured [us]"),
        Charts.Axis.linear("mean error [%]"),
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

  private static Series line(
      final String name, final double low, final double high, final double factor) {
    return new Series(name, new double[] {low, high}, new double[] {low * factor, high * factor});
  }

  private static double[] values(final List<Row> rows, final ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).toArray();
  }

  private static double least(final List<Row> rows) {
    return rows.stream().mapToDouble(r -> Math.min(r.measured(), r.predicted())).min().orElse(1);
  }

  private static double most(final List<Row> rows) {
    return rows.stream().mapToDouble(r -> Math.max(r.measured(), r.predicted())).max().orElse(1);
  }

  /** Lines that do not hide the marks behind them. */
  private static void thin(final XYItemRenderer renderer, final int line) {
    if (renderer.getSeriesStroke(line) instanceof BasicStroke stroke) {
      renderer.setSeriesStroke(
          line,
          new BasicStroke(
              THIN, stroke.getEndCap(), stroke.getLineJoin(), 1, stroke.getDashArray(), 0));
    }
  }

  /** Smaller marks: there are hundreds of them. */
  private static void shrink(final XYItemRenderer renderer, final int series) {
    final AffineTransform smaller = AffineTransform.getScaleInstance(MARK, MARK);
    for (int i = 0; i < series; i++) {
      final Shape shape = renderer.getSeriesShape(i);
      renderer.setSeriesShape(i, smaller.createTransformedShape(shape));
    }
  }
}
