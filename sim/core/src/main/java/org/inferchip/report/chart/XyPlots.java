package org.inferchip.report.chart;

import java.awt.BasicStroke;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.labels.XYToolTipGenerator;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** What charts over two numeric axes have in common. */
final class XyPlots {
  /** Above the spacing of doubles near the largest values that are drawn. */
  private static final double LEAST_RANGE = 1e-5;

  private static final float OUTLINE = 1.6f;

  private XyPlots() {}

  /** A chart with a legend; later series lie over earlier ones. */
  static JFreeChart chart(
      final String title,
      final Axis x,
      final Axis y,
      final XYDataset data,
      final XYItemRenderer renderer) {
    final XYPlot plot = new XYPlot(data, axis(x), axis(y), null);
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    final JFreeChart chart = new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
    ChartStyle.apply(chart);
    renderer.setDefaultToolTipGenerator(tip(x, y));
    plot.setRenderer(renderer); // the style would take its colours away
    return chart;
  }

  /** Tells a point by the name of its series and both of its values. */
  static XYToolTipGenerator tip(final Axis x, final Axis y) {
    return (data, series, item) ->
        data.getSeriesKey(series)
            + "\n"
            + x.name()
            + ": "
            + x.with(data.getXValue(series, item))
            + "\n"
            + y.name()
            + ": "
            + y.with(data.getYValue(series, item));
  }

  static XYSeriesCollection points(final List<Series> series) {
    final XYSeriesCollection data = new XYSeriesCollection();
    for (final Series line : series) {
      final XYSeries points = new XYSeries(line.name(), false, true);
      for (int i = 0; i < line.x().length; i++) {
        points.add(line.x()[i], line.y()[i]);
      }
      data.addSeries(points);
    }
    return data;
  }

  /** A numeric axis with few, short labels. */
  static ValueAxis axis(final Axis of) {
    if (of.scale() == Axis.Scale.LOG) {
      final DecadeAxis axis = new DecadeAxis(of.label(), number());
      axis.setAutoRangeMinimumSize(LEAST_RANGE); // points of one x have a range in any case
      return axis;
    }
    final NumberAxis axis = new NumberAxis(of.label());
    axis.setNumberFormatOverride(number());
    axis.setTickLabelInsets(new RectangleInsets(6, 8, 6, 8)); // fewer ticks than would fit
    axis.setAutoRangeIncludesZero(of.scale() == Axis.Scale.FROM_ZERO);
    if (of.scale() == Axis.Scale.PERCENT) {
      axis.setRange(0, 100);
      axis.setTickUnit(new NumberTickUnit(20));
    }
    return axis;
  }

  /** Hollow marks that differ without colour. */
  static XYLineAndShapeRenderer marks(final int series) {
    final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int i = 0; i < series; i++) {
      renderer.setSeriesPaint(i, ChartStyle.color(i));
      renderer.setSeriesShape(i, ChartStyle.shape(i));
      renderer.setSeriesShapesFilled(i, false);
      renderer.setSeriesStroke(i, new BasicStroke(OUTLINE));
      renderer.setSeriesOutlineStroke(i, new BasicStroke(OUTLINE));
    }
    return renderer;
  }

  private static DecimalFormat number() {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }
}
