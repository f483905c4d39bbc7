package org.inferchip.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/** Points, over lines that say what they could be: a roofline's ceiling, a diagonal. */
public final class Scatter {
  private static final float THIN = 1.1f;
  private static final double MARGIN = 1.3;

  private Scatter() {}

  /**
   * Points over lines.
   *
   * @param lines drawn in grey
   * @param marks drawn as points
   */
  public static Chart of(
      final String title,
      final Axis x,
      final Axis y,
      final List<Series> lines,
      final List<Series> marks) {
    return chart(title, x, y, lines, marks, 1);
  }

  private static Chart chart(
      final String title,
      final Axis x,
      final Axis y,
      final List<Series> lines,
      final List<Series> marks,
      final double size) {
    final XYLineAndShapeRenderer under = new XYLineAndShapeRenderer(true, false);
    for (int i = 0; i < lines.size(); i++) {
      under.setSeriesPaint(i, Color.DARK_GRAY);
      under.setSeriesStroke(i, ChartStyle.stroke(i, size < 1 ? THIN : ChartStyle.LINE));
      under.setLegendLine(new java.awt.geom.Line2D.Double(-15, 0, 15, 0));
    }
    final JFreeChart drawing = XyPlots.chart(title, x, y, XyPlots.points(lines), under);
    final XYPlot plot = drawing.getXYPlot();
    final XYLineAndShapeRenderer over = XyPlots.marks(marks.size());
    for (int i = 0; i < marks.size(); i++) {
      over.setSeriesShape(i, ChartStyle.scaled(ChartStyle.shape(i), size));
      over.setSeriesOutlineStroke(i, new BasicStroke(size < 1 ? 1.2f : 2));
      // Series keep their colours in every chart of a kind; those without points are not named.
      over.setSeriesVisibleInLegend(i, marks.get(i).x().length > 0);
    }
    plot.setDataset(1, XyPlots.points(marks));
    over.setDefaultToolTipGenerator(XyPlots.tip(x, y));
    under.setDefaultToolTipGenerator(null); // lines tell nothing that the axes do not
    plot.setRenderer(1, over);
    return Chart.of(
        drawing, ChartData.of(x, y, Stream.concat(lines.stream(), marks.stream()).toList()));
  }

  /**
   * Correlation: y against x of the same quantity on equal axes, with the diagonal and the lines of
   * a share above and below it.
   *
   * @param x on a logarithmic axis
   * @param y on a logarithmic axis
   * @param marks points by group
   * @param share of the two lines beside the diagonal: 0.2
   * @param above what a point above the diagonal is: {@code slower}
   * @param below what a point below it is
   */
  public static Chart correlation(
      final String title,
      final Axis x,
      final Axis y,
      final List<Series> marks,
      final double share,
      final String above,
      final String below) {
    final double low = marks.stream().flatMapToDouble(Scatter::all).min().orElse(1) / MARGIN;
    final double high = marks.stream().flatMapToDouble(Scatter::all).max().orElse(1) * MARGIN;
    final String percent = Math.round(100 * share) + " % ";
    final Chart chart =
        chart(
            title,
            x,
            y,
            List.of(
                line("equal", low, high, 1),
                line(percent + above, low, high, 1 + share),
                line(percent + below, low, high, 1 - share)),
            marks,
            ChartStyle.SMALL);
    final XYPlot plot = chart.drawing().getXYPlot();
    for (final ValueAxis axis : List.of(plot.getDomainAxis(), plot.getRangeAxis())) {
      axis.setRange(low, high);
    }
    return chart;
  }

  private static java.util.stream.DoubleStream all(final Series series) {
    return java.util.stream.DoubleStream.concat(
        java.util.Arrays.stream(series.x()), java.util.Arrays.stream(series.y()));
  }

  private static Series line(
      final String name, final double low, final double high, final double factor) {
    return new Series(name, new double[] {low, high}, new double[] {low * factor, high * factor});
  }
}
