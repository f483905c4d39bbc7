package org.inferchip.report;

import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The kinds of chart that results are drawn with; every axis has its unit. */
final class Charts {
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
  static JFreeChart lines(
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
  static JFreeChart linesAndPoints(
      final String title,
      final Axis x,
      final Axis y,
      final List<Series> ceilings,
      final List<Series> marks) {
    final JFreeChart chart = lines(title, x, y, ceilings);
    final XYSeriesCollection data = new XYSeriesCollection();
    final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int i = 0; i < marks.size(); i++) {
      data.addSeries(points(marks.get(i)));
      renderer.setSeriesPaint(i, ChartStyle.color(i));
      renderer.setSeriesShape(i, Marks.shape(i));
      renderer.setSeriesShapesFilled(i, i % 2 == 0);
      renderer.setSeriesOutlineStroke(i, new BasicStroke(1.6f));
    }
    final XYPlot plot = chart.getXYPlot();
    for (int i = 0; i < ceilings.size(); i++) {
      plot.getRenderer().setSeriesPaint(i, java.awt.Color.DARK_GRAY);
    }
    plot.setDataset(1, data);
    plot.setRenderer(1, renderer);
    return chart;
  }

  /**
   * Horizontal stacked bars.
   *
   * @param value axis of the sizes
   * @param bars for each bar, in order, the size of each part; parts with the same name have the
   *     same colour
   */
  static JFreeChart stackedBars(
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
    renderer.setMaximumBarWidth(0.16);
    renderer.setDrawBarOutline(true);
    int colors = 0;
    for (int i = 0; i < data.getRowCount(); i++) {
      final String part = data.getRowKey(i).toString();
      renderer.setSeriesPaint(i, ChartStyle.color(part, colors));
      colors += ChartStyle.isGrey(part) ? 0 : 1;
      renderer.setSeriesOutlinePaint(i, java.awt.Color.WHITE);
      renderer.setSeriesOutlineStroke(i, new BasicStroke(1));
    }
    plot.getDomainAxis().setMaximumCategoryLabelLines(3);
    plot.getDomainAxis().setMaximumCategoryLabelWidthRatio(0.25f);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    scale((NumberAxis) plot.getRangeAxis(), value.scale());
    return chart;
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
    if (scale == Scale.PERCENT) {
      axis.setRange(0, 100);
      axis.setTickUnit(new NumberTickUnit(10));
    }
  }

  private static DecadeAxis logAxis(final String label, final ValueAxis like) {
    final DecadeAxis axis = new DecadeAxis(label, number());
    axis.setLabelFont(like.getLabelFont());
    axis.setTickLabelFont(like.getTickLabelFont());
    axis.setLabelPaint(like.getLabelPaint());
    axis.setTickLabelPaint(like.getTickLabelPaint());
    return axis;
  }

  private static DecimalFormat number() {
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  /** Shapes of points that differ without colour. */
  private static final class Marks {
    private Marks() {}

    static java.awt.Shape shape(final int index) {
      return switch (index % 4) {
        case 0 -> new Ellipse2D.Double(-5, -5, 10, 10);
        case 1 -> new java.awt.geom.Rectangle2D.Double(-4.5, -4.5, 9, 9);
        case 2 -> new java.awt.Polygon(new int[] {-5, 5, 0}, new int[] {4, 4, -6}, 3);
        default -> new java.awt.Polygon(new int[] {-6, 0, 6, 0}, new int[] {0, 6, 0, -6}, 4);
      };
    }
  }
}
