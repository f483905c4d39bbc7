package org.inferchip.report.chart;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;

/** How far a result moves when each number it rests on does, largest swing first. */
public final class Tornado {
  private static final double MARGIN = 0.28;

  private Tornado() {}

  /**
   * The swing of one parameter.
   *
   * @param parameter its name
   * @param low the parameter's low end, with unit
   * @param high its high end, with unit
   * @param atLow the result at the low end
   * @param atHigh the result at the high end
   */
  public record Swing(String parameter, String low, String high, double atLow, double atHigh) {
    double size() {
      return Math.abs(atHigh - atLow);
    }
  }

  /**
   * A tornado.
   *
   * @param value of the result
   * @param base the result with every parameter at its stated value
   * @param swings in any order
   */
  public static Chart of(
      final String title, final Axis value, final double base, final List<Swing> swings) {
    final List<Swing> sorted =
        swings.stream().sorted(Comparator.comparingDouble(Swing::size).reversed()).toList();
    final Rows rows = new Rows(sorted.stream().map(Swing::parameter).toList());
    final List<List<Object>> data = new ArrayList<>();
    double least = base;
    double most = base;
    for (int i = 0; i < sorted.size(); i++) {
      final Swing swing = sorted.get(i);
      rows.bar(i, "parameter at its low end", base, swing.atLow());
      rows.bar(i, "at its high end", base, swing.atHigh());
      rows.text(i, swing.atLow(), " " + swing.low() + " ", swing.atLow() <= swing.atHigh());
      rows.text(i, swing.atHigh(), " " + swing.high() + " ", swing.atHigh() < swing.atLow());
      least = Math.min(least, Math.min(swing.atLow(), swing.atHigh()));
      most = Math.max(most, Math.max(swing.atLow(), swing.atHigh()));
      data.add(
          List.of(swing.parameter(), swing.low(), swing.high(), swing.atLow(), swing.atHigh()));
    }
    final JFreeChart drawing = rows.drawing(title, value);
    final XYPlot plot = drawing.getXYPlot();
    plot.addRangeMarker(new ValueMarker(base, ChartStyle.INK, new BasicStroke(1.4f)));
    if (plot.getRangeAxis() instanceof NumberAxis axis && most > least) {
      final double margin = MARGIN * (most - least); // for the texts at the ends
      axis.setRange(least - margin, most + margin);
    }
    return new Chart(
        drawing,
        Chart.COLUMN,
        rows.height(),
        new ChartData(
            List.of(
                "parameter",
                "low",
                "high",
                "low end: " + value.label(),
                "high end: " + value.label()),
            data));
  }
}
