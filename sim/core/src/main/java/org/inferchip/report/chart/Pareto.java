package org.inferchip.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.labels.XYToolTipGenerator;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;

/**
 * Designs over two objectives: those that another is better than in both stand back in grey, the
 * others are joined to a front, and the knee of the front is ringed and named.
 */
public final class Pareto {
  private static final String DOMINATED = "dominated";
  private static final Color BACK = new Color(0x9A9A9A);
  private static final double RING = 11;

  private Pareto() {}

  /**
   * A design.
   *
   * @param name of the design
   * @param group of designs that share a colour and a mark, such as a chip
   * @param x first objective
   * @param y second objective
   * @param front whether no design is better in both
   * @param knee whether it is the knee of the front
   */
  public record Design(
      String name, String group, double x, double y, boolean front, boolean knee) {}

  /** Designs, in any order; which of them are on the front is theirs to say. */
  public static Chart of(
      final String title, final Axis x, final Axis y, final List<Design> designs) {
    final List<Design> front =
        designs.stream().filter(Design::front).sorted(Comparator.comparing(Design::x)).toList();
    final Map<String, List<Design>> groups = new LinkedHashMap<>();
    for (final Design design : designs) {
      groups.computeIfAbsent(design.group(), name -> new ArrayList<>());
      if (design.front()) {
        groups.get(design.group()).add(design);
      }
    }
    final XYLineAndShapeRenderer back = new XYLineAndShapeRenderer(false, true);
    back.setSeriesPaint(0, BACK);
    back.setSeriesShape(0, new Ellipse2D.Double(-1.7, -1.7, 3.4, 3.4));
    final List<Design> dominated = designs.stream().filter(one -> !one.front()).toList();
    final JFreeChart drawing =
        XyPlots.chart(title, x, y, XyPlots.points(List.of(series(DOMINATED, dominated))), back);
    back.setDefaultToolTipGenerator(tip(x, y, List.of(dominated)));
    final XYPlot plot = drawing.getXYPlot();
    plot.setDataset(1, XyPlots.points(List.of(series("front", front))));
    plot.setRenderer(1, step());
    plot.setDataset(
        2,
        XyPlots.points(
            groups.entrySet().stream().map(e -> series(e.getKey(), e.getValue())).toList()));
    final XYLineAndShapeRenderer marks = XyPlots.marks(groups.size());
    marks.setDefaultToolTipGenerator(tip(x, y, List.copyOf(groups.values())));
    plot.setRenderer(2, marks);
    for (final Design knee : designs.stream().filter(Design::knee).toList()) {
      ring(plot, knee);
    }
    return Chart.of(drawing, data(x, y, designs));
  }

  private static XYToolTipGenerator tip(
      final Axis x, final Axis y, final List<List<Design>> designs) {
    final XYToolTipGenerator values = XyPlots.tip(x, y);
    return (data, series, item) ->
        designs.get(series).get(item).name() + ", " + values.generateToolTip(data, series, item);
  }

  private static XYStepRenderer step() {
    final XYStepRenderer line = new XYStepRenderer();
    line.setSeriesPaint(0, ChartStyle.INK);
    line.setSeriesStroke(0, new BasicStroke(1.2f));
    line.setDefaultShapesVisible(false);
    return line;
  }

  private static void ring(final XYPlot plot, final Design knee) {
    final XYLineAndShapeRenderer ring = new XYLineAndShapeRenderer(false, true);
    ring.setSeriesPaint(0, ChartStyle.INK);
    ring.setSeriesShape(0, new Ellipse2D.Double(-RING, -RING, 2 * RING, 2 * RING));
    ring.setSeriesShapesFilled(0, false);
    ring.setLegendShape(0, new Ellipse2D.Double(-RING / 2, -RING / 2, RING, RING));
    ring.setSeriesOutlineStroke(0, new BasicStroke(1.4f));
    final int index = plot.getDatasetCount();
    plot.setDataset(index, XyPlots.points(List.of(series("knee: " + knee.name(), List.of(knee)))));
    plot.setRenderer(index, ring);
  }

  private static Series series(final String name, final List<Design> designs) {
    return new Series(
        name,
        designs.stream().mapToDouble(Design::x).toArray(),
        designs.stream().mapToDouble(Design::y).toArray());
  }

  private static ChartData data(final Axis x, final Axis y, final List<Design> designs) {
    final List<List<Object>> rows = new ArrayList<>();
    for (final Design one : designs) {
      rows.add(
          List.of(
              one.name(),
              one.group(),
              one.x(),
              one.y(),
              Boolean.toString(one.front()),
              Boolean.toString(one.knee())));
    }
    return new ChartData(
        List.of("design", "group", x.label(), y.label(), "on the front", "knee"), rows);
  }
}
