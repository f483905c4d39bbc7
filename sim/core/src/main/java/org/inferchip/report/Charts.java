package org.inferchip.report;

import java.awt.BasicStroke;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The kinds of chart that results are drawn with; every axis has its unit. */
final class Charts {
  /** Above the spacing of doubles near the largest values that are drawn. */
  private static final double LEAST_RANGE = 1e-5;

  private static final int WIDTH = 900;
  private static final int LINES_HEIGHT = 520;

  /** Of title, axis and legend, and of each bar with the space around it. */
  private static final int BARS_HEIGHT = 165;

  private static final int BAR_HEIGHT = 75;

  private Charts() {}

  /** Whether an axis is logarithmic. */
  enum Scale {
    LINEAR,
    LOG,
    /** Linear from 0 to 100. */
    PERCENT
  }

  /** An axis: its label with the unit, and its scale. */
  record Axis(String label, Scale scale) {
    static Axis linear(final String label) {
      return new Axis(label, Scale.LINEAR);
    }

    static Axis percent(final String label) {
      return new Axis(label, Scale.PERCENT);
    }

    static Axis log(final String label) {
      return new Axis(label, Scale.LOG);
    }
  }

  /** Lines, one for each series. */
  static Chart lines(final String title, final Axis x, final Axis y, final List<Series> series) {
    return new Chart(drawn(title, x, y, series), WIDTH, LINES_HEIGHT, csv(x, y, series));
  }

  private static JFreeChart drawn(
      final String title, final Axis x, final Axis y, final List<Series> series) {
    final XYSeriesCollection data = new XYSeriesCollection();
    for (final Series line : series) {
      data.addSeries(points(line));
    }
    final JFreeChart chart =
        ChartFactory.createXYLineChart(
            title, x.label(), y.label(), data, PlotOrientation.VERTICAL, true, false, false);
    ChartStyle.apply(chart);
    final XYPlot plot = chart.getXYPlot();
    axes(plot, x, y);
    final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    for (int i = 0; i < series.size(); i++) {
      renderer.setSeriesPaint(i, ChartStyle.color(i));
      renderer.setSeriesStroke(i, ChartStyle.stroke(i));
      renderer.setLegendLine(new java.awt.geom.Line2D.Double(-16, 0, 16, 0));
    }
    plot.setRenderer(renderer);
    // Dashed lines over the solid first one, so that equal lines are both seen.
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    return chart;
  }

  /**
   * Lines with marked points over them: the ceiling of a roofline and the operators below it.
   *
   * @param ceilings drawn as lines
   * @param marks drawn as points
   */
  static Chart linesAndPoints(
      final String title,
      final Axis x,
      final Axis y,
      final List<Series> ceilings,
      final List<Series> marks) {
    final JFreeChart chart = drawn(title, x, y, ceilings);
    final XYSeriesCollection data = new XYSeriesCollection();
    final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int i = 0; i < marks.size(); i++) {
      data.addSeries(points(marks.get(i)));
      renderer.setSeriesPaint(i, ChartStyle.color(i));
      renderer.setSeriesShape(i, ChartStyle.shape(i));
      renderer.setSeriesShapesFilled(i, false);
      renderer.setSeriesStroke(i, new BasicStroke(2));
      renderer.setSeriesOutlineStroke(i, new BasicStroke(2));
    }
    final XYPlot plot = chart.getXYPlot();
    for (int i = 0; i < ceilings.size(); i++) {
      plot.getRenderer().setSeriesPaint(i, java.awt.Color.DARK_GRAY);
    }
    plot.setDataset(1, data);
    plot.setRenderer(1, renderer);
    return new Chart(
        chart,
        WIDTH,
        LINES_HEIGHT,
        csv(x, y, Stream.concat(ceilings.stream(), marks.stream()).toList()));
  }

  /**
   * Horizontal stacked bars.
   *
   * @param value axis of the sizes
   * @param bars for each bar, in order, the size of each part; parts with the same name have the
   *     same colour
   */
  static Chart stackedBars(
      final String title, final Axis value, final Map<String, Map<String, Double>> bars) {
    final DefaultCategoryDataset data = new DefaultCategoryDataset();
    bars.forEach((bar, parts) -> parts.forEach((part, size) -> data.addValue(size, part, bar)));
    final JFreeChart chart =
        ChartFactory.createStackedBarChart(
            title, null, value.label(), data, PlotOrientation.HORIZONTAL, true, false, false);
    ChartStyle.apply(chart);
    final CategoryPlot plot = chart.getCategoryPlot();
    final StackedBarRenderer renderer = (StackedBarRenderer) plot.getRenderer();
    renderer.setShadowVisible(false);
    renderer.setMaximumBarWidth(0.5);
    renderer.setDrawBarOutline(true);
    renderer.setDefaultItemLabelGenerator(new PartLabels(data));
    renderer.setDefaultItemLabelsVisible(true);
    int colors = 0;
    for (int i = 0; i < data.getRowCount(); i++) {
      final String part = data.getRowKey(i).toString();
      renderer.setSeriesPaint(i, ChartStyle.color(part, colors));
      colors += ChartStyle.isGrey(part) ? 0 : 1;
      renderer.setSeriesItemLabelPaint(i, ChartStyle.inkOn(renderer.getSeriesPaint(i)));
      renderer.setSeriesOutlinePaint(i, java.awt.Color.WHITE);
      renderer.setSeriesOutlineStroke(i, new BasicStroke(1));
    }
    plot.getDomainAxis().setMaximumCategoryLabelLines(3);
    plot.getDomainAxis().setMaximumCategoryLabelWidthRatio(0.25f);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    scale((NumberAxis) plot.getRangeAxis(), value.scale());
    return new Chart(chart, WIDTH, BARS_HEIGHT + BAR_HEIGHT * bars.size(), csv(value, bars));
  }

  private static String csv(final Axis x, final Axis y, final List<Series> series) {
    final StringBuilder csv = new StringBuilder("series,");
    csv.append(ResultCsv.quoted(x.label())).append(',').append(ResultCsv.quoted(y.label()));
    csv.append('\n');
    for (final Series line : series) {
      for (int i = 0; i < line.x().length; i++) {
        csv.append(ResultCsv.quoted(line.name())).append(',');
        csv.append(Json.number(line.x()[i])).append(',');
        csv.append(Json.number(line.y()[i])).append('\n');
      }
    }
    return csv.toString();
  }

  private static String csv(final Axis value, final Map<String, Map<String, Double>> bars) {
    final StringBuilder csv = new StringBuilder("bar,part,");
    csv.append(ResultCsv.quoted(value.label())).append('\n');
    bars.forEach(
        (bar, parts) ->
            parts.forEach(
                (part, size) ->
                    csv.append(ResultCsv.quoted(bar))
                        .append(',')
                        .append(ResultCsv.quoted(part))
                        .append(',')
                        .append(Json.number(size))
                        .append('\n')));
    return csv.toString();
  }

  private static XYSeries points(final Series line) {
    final XYSeries points = new XYSeries(line.name(), false, true);
    for (int i = 0; i < line.x().length; i++) {
      points.add(line.x()[i], line.y()[i]);
    }
    return points;
  }

  private static void axes(final XYPlot plot, final Axis x, final Axis y) {
    if (x.scale() == Scale.LOG) {
      plot.setDomainAxis(logAxis(x.label(), plot.getDomainAxis()));
    } else {
      scale((NumberAxis) plot.getDomainAxis(), x.scale());
    }
    if (y.scale() == Scale.LOG) {
      plot.setRangeAxis(logAxis(y.label(), plot.getRangeAxis()));
    } else {
      scale((NumberAxis) plot.getRangeAxis(), y.scale());
    }
  }

  private static void scale(final NumberAxis axis, final Scale scale) {
    axis.setNumberFormatOverride(number());
    axis.setTickLabelInsets(new RectangleInsets(8, 4, 8, 4)); // fewer ticks than would fit
    if (scale == Scale.PERCENT) {
      axis.setRange(0, 100);
      axis.setTickUnit(new NumberTickUnit(10));
    }
  }

  private static DecadeAxis logAxis(final String label, final ValueAxis like) {
    final DecadeAxis axis = new DecadeAxis(label, number());
    axis.setAutoRangeMinimumSize(LEAST_RANGE); // points of one x have a range in any case
    axis.setLabelFont(like.getLabelFont());
    axis.setTickLabelFont(like.getTickLabelFont());
    axis.setLabelPaint(like.getLabelPaint());
    axis.setTickLabelPaint(like.getTickLabelPaint());
    return axis;
  }

  private static DecimalFormat number() {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }
}
