package org.inferchip.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Lines, one for each series; with a band around each where there is one. */
public final class Lines {
  private static final float BAND_ALPHA = 0.18f;

  private Lines() {}

  /**
   * A line with a band, such as a median between two percentiles.
   *
   * @param line the line
   * @param low lower edge at the line's abscissas
   * @param high upper edge
   */
  public record Band(Series line, double[] low, double[] high) {
    /** Checks that edges and line match. */
    public Band {
      if (low.length != line.x().length || high.length != line.x().length) {
        throw new IllegalArgumentException(line.name() + ": edges of another length");
      }
    }
  }

  /** Lines without bands. */
  public static Chart of(
      final String title, final Axis x, final Axis y, final List<Series> series) {
    final int[] points = series.stream().mapToInt(line -> line.x().length).toArray();
    return Chart.of(
        XyPlots.chart(title, x, y, XyPlots.points(series), new MarkedLines(points)),
        ChartData.of(x, y, series));
  }

  /**
   * Lines with bands.
   *
   * @param band what the bands are, for the CSV's header: {@code p5 to p95}
   */
  public static Chart of(
      final String title, final Axis x, final Axis y, final String band, final List<Band> bands) {
    final YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    final DeviationRenderer renderer = new DeviationRenderer(true, true);
    renderer.setAlpha(BAND_ALPHA);
    final List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < bands.size(); i++) {
      final Series line = bands.get(i).line();
      final YIntervalSeries points = new YIntervalSeries(line.name(), false, true);
      for (int at = 0; at < line.x().length; at++) {
        final double low = bands.get(i).low()[at];
        final double high = bands.get(i).high()[at];
        points.add(line.x()[at], line.y()[at], low, high);
        rows.add(List.of(line.name(), line.x()[at], line.y()[at], low, high));
      }
      data.addSeries(points);
      renderer.setSeriesPaint(i, ChartStyle.color(i));
      renderer.setSeriesFillPaint(i, ChartStyle.color(i));
      renderer.setSeriesStroke(i, ChartStyle.stroke(i));
      renderer.setSeriesShape(i, ChartStyle.small(ChartStyle.shape(i)));
    }
    final JFreeChart drawing = XyPlots.chart(title, x, y, data, renderer);
    return Chart.of(
        drawing,
        new ChartData(
            List.of("series", x.label(), y.label(), band + ", low", band + ", high"), rows));
  }
}
