package org.inferchip.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.data.category.DefaultCategoryDataset;

/** Level bars made of parts: where time, energy or money goes. */
public final class StackedBars {
  /** Of title and axis, of each bar with the space around it, and of each line of the legend. */
  private static final int HEIGHT = 105;

  private static final int BAR_HEIGHT = 62;
  private static final int LEGEND_HEIGHT = 19;
  private static final int LEGEND_LETTERS = 62;
  private static final float NAMES = 0.27f;

  private StackedBars() {}

  /**
   * Stacked bars.
   *
   * @param value axis of the sizes
   * @param bars for each bar, in order, the size of each part; parts with the same name have the
   *     same colour and hatch
   */
  public static Chart of(
      final String title, final Axis value, final Map<String, Map<String, Double>> bars) {
    final DefaultCategoryDataset data = new DefaultCategoryDataset();
    final List<List<Object>> rows = new ArrayList<>();
    bars.forEach(
        (bar, parts) ->
            parts.forEach(
                (part, size) -> {
                  data.addValue(size, part, bar);
                  rows.add(List.of(bar, part, size));
                }));
    final StackedBarRenderer renderer = new StackedBarRenderer();
    final CategoryPlot plot =
        new CategoryPlot(
            data,
            new CategoryAxis(),
            (org.jfree.chart.axis.ValueAxis) XyPlots.axis(value),
            renderer);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    final JFreeChart drawing =
        ChartStyle.apply(new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, true));
    final LegendItemCollection legend = style(renderer, data, value);
    plot.setFixedLegendItems(legend);
    plot.getDomainAxis().setMaximumCategoryLabelLines(3);
    plot.getDomainAxis().setMaximumCategoryLabelWidthRatio(NAMES);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    return new Chart(
        drawing,
        Chart.COLUMN,
        HEIGHT + BAR_HEIGHT * bars.size() + LEGEND_HEIGHT * legendLines(data),
        new ChartData(List.of("bar", "part", value.label()), rows));
  }

  private static LegendItemCollection style(
      final StackedBarRenderer renderer, final DefaultCategoryDataset data, final Axis value) {
    renderer.setDefaultToolTipGenerator(
        (from, row, column) ->
            from.getColumnKey(column)
                + "\n"
                + from.getRowKey(row)
                + ": "
                + value.with(from.getValue(row, column).doubleValue()));
    renderer.setShadowVisible(false);
    renderer.setMaximumBarWidth(0.5);
    renderer.setDrawBarOutline(true);
    renderer.setBarPainter(new Hatch.CategoryPainter());
    renderer.setDefaultItemLabelGenerator(new PartLabels(data, value));
    renderer.setDefaultItemLabelsVisible(true);
    final LegendItemCollection legend = new LegendItemCollection();
    int colors = 0;
    for (int i = 0; i < data.getRowCount(); i++) {
      final String part = data.getRowKey(i).toString();
      final Color fill = ChartStyle.color(part, colors);
      colors += ChartStyle.isGrey(part) ? 0 : 1;
      renderer.setSeriesPaint(i, fill);
      renderer.setSeriesItemLabelPaint(i, ChartStyle.inkOn(fill));
      renderer.setSeriesOutlinePaint(i, Color.WHITE);
      renderer.setSeriesOutlineStroke(i, new BasicStroke(1));
      legend.add(Hatch.legend(part, fill, i));
    }
    return legend;
  }

  private static int legendLines(final DefaultCategoryDataset data) {
    int letters = 0;
    for (int i = 0; i < data.getRowCount(); i++) {
      letters += data.getRowKey(i).toString().length() + 5;
    }
    return 1 + letters / LEGEND_LETTERS;
  }
}
