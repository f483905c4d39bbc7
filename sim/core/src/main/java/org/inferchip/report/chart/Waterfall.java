package org.inferchip.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;

/** How a sum is made up, term by term from the top down, with the sums so far. */
public final class Waterfall {
  private static final double ROOM = 1.18;

  private Waterfall() {}

  /**
   * A row of a waterfall.
   *
   * @param name shown beside it
   * @param value what it adds; of a sum, nothing
   * @param sum whether it is the sum of all before it
   */
  public record Step(String name, double value, boolean sum) {
    /** Something that is added, or taken away where it is negative. */
    public static Step of(final String name, final double value) {
      return new Step(name, value, false);
    }

    /** The sum of all before it. */
    public static Step sum(final String name) {
      return new Step(name, 0, true);
    }
  }

  /**
   * A waterfall.
   *
   * @param value of the terms and sums
   */
  public static Chart of(final String title, final Axis value, final List<Step> steps) {
    final Rows rows = new Rows(steps.stream().map(Step::name).toList());
    final List<List<Object>> data = new ArrayList<>();
    double sum = 0;
    double least = 0;
    double most = 0;
    for (int i = 0; i < steps.size(); i++) {
      final Step step = steps.get(i);
      final double before = step.sum() ? 0 : sum;
      sum += step.value();
      final String kind = step.sum() ? "sum" : step.value() < 0 ? "taken away" : "added";
      rows.bar(i, kind, before, sum);
      rows.text(
          i,
          Math.max(before, sum),
          " " + ChartStyle.number(step.sum() ? sum : step.value()),
          false);
      data.add(List.of(step.name(), kind, step.value(), sum));
      least = Math.min(least, sum);
      most = Math.max(most, Math.max(before, sum));
    }
    final JFreeChart drawing = rows.drawing(title, value);
    if (most > least) {
      drawing.getXYPlot().getRangeAxis().setRange(ROOM * least, ROOM * most);
    }
    return new Chart(
        drawing,
        Chart.COLUMN,
        rows.height(),
        new ChartData(
            List.of("step", "kind", "change: " + value.label(), "sum: " + value.label()), data));
  }
}
