package org.inferchip.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Level bars from one value to another, in named rows from the top down. */
final class Rows {
  /** Of title, axis and legend, and of each row. */
  private static final int HEIGHT = 118;

  private static final int ROW_HEIGHT = 30;
  private static final double THICK = 0.36;
  private static final int LETTERS = 30;

  private final List<String> names;
  private final Map<String, XYIntervalSeries> kinds = new LinkedHashMap<>();
  private final List<XYTextAnnotation> texts = new ArrayList<>();

  Rows(final List<String> names) {
    this.names = List.copyOf(names);
  }

  /** Adds a bar of a kind; kinds differ in colour and hatch. */
  void bar(final int row, final String kind, final double from, final double to) {
    kinds
        .computeIfAbsent(kind, name -> new XYIntervalSeries(name, false, true))
        .add(row, row - THICK, row + THICK, to, Math.min(from, to), Math.max(from, to));
  }

  /** Writes a text beside a value. */
  void text(final int row, final double value, final String text, final boolean before) {
    final XYTextAnnotation annotation = new XYTextAnnotation(text, row, value);
    annotation.setTextAnchor(before ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT);
    annotation.setFont(ChartStyle.SMALL_FONT);
    annotation.setPaint(ChartStyle.INK);
    texts.add(annotation);
  }

  /** The drawing. */
  JFreeChart drawing(final String title, final Axis value) {
    final XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    kinds.values().forEach(data::addSeries);
    final SymbolAxis rows =
        new SymbolAxis(null, names.stream().map(Rows::shortened).toArray(String[]::new));
    rows.setInverted(true);
    rows.setGridBandsVisible(false);
    rows.setRange(-0.6, names.size() - 0.4);
    final XYBarRenderer renderer = new XYBarRenderer();
    renderer.setUseYInterval(true);
    renderer.setDefaultToolTipGenerator(
        (from, series, item) ->
            names.get((int) from.getXValue(series, item))
                + "\n"
                + from.getSeriesKey(series)
                + ": "
                + tip(value, data.getStartYValue(series, item), data.getEndYValue(series, item)));
    final XYPlot plot = new XYPlot(data, rows, XyPlots.axis(value), renderer);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    final JFreeChart drawing =
        ChartStyle.apply(new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, true));
    texts.forEach(plot::addAnnotation); // the style would give them its own font and colour
    plot.setDomainGridlinesVisible(false);
    rows.setTickLabelInsets(new RectangleInsets(0, 2, 0, 4));
    plot.setFixedLegendItems(legend(renderer));
    return drawing;
  }

  private static String tip(final Axis value, final double from, final double to) {
    return value.with(from) + " to " + value.with(to);
  }

  private LegendItemCollection legend(final XYBarRenderer renderer) {
    renderer.setShadowVisible(false);
    renderer.setBarPainter(new Hatch.XyPainter());
    renderer.setDrawBarOutline(true);
    final LegendItemCollection legend = new LegendItemCollection();
    int at = 0;
    for (final String kind : kinds.keySet()) {
      final Color fill = ChartStyle.color(kind, at);
      renderer.setSeriesPaint(at, fill);
      renderer.setSeriesOutlinePaint(at, Color.WHITE);
      renderer.setSeriesOutlineStroke(at, new BasicStroke(1));
      legend.add(Hatch.legend(kind, fill, at));
      at++;
    }
    return legend;
  }

  /** Height that the rows need, in pixels. */
  int height() {
    return HEIGHT + ROW_HEIGHT * names.size();
  }

  /** Long names lose their middle; the CSV has all of them. */
  private static String shortened(final String name) {
    final int end = LETTERS / 2 - 1;
    return name.length() <= LETTERS
        ? name
        : name.substring(0, end) + "…" + name.substring(name.length() - end);
  }
}
