package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Waterfall;
import org.inferchip.report.chart.Waterfall.Step;

/** How a chip's price is made up: what it costs to make it, and what its maker adds. */
public final class CostWaterfall {
  private static final String DEVELOPMENT = "development";
  private static final String MARGIN = "margin";
  private static final Axis COST = Axis.linear("cost of a package [$]");

  private CostWaterfall() {}

  /**
   * Up to the price.
   *
   * @param chip its name
   * @param dollars by step, in the order in which they are spent
   */
  public static Chart priced(final String chip, final Map<String, Double> dollars) {
    final List<Step> steps = steps(dollars);
    added(steps, DEVELOPMENT, dollars);
    added(steps, MARGIN, dollars);
    steps.add(Step.sum("price"));
    return Waterfall.of("Price of " + chip, COST, steps);
  }

  /**
   * Up to what it costs to make one, which a large margin hides in the other.
   *
   * @param chip its name
   * @param dollars by step, in the order in which they are spent
   */
  public static Chart made(final String chip, final Map<String, Double> dollars) {
    return Waterfall.of("Cost to make " + chip, COST, steps(dollars));
  }

  private static List<Step> steps(final Map<String, Double> dollars) {
    final List<Step> steps = new ArrayList<>();
    for (final String step : dollars.keySet()) {
      if (!step.equals(DEVELOPMENT) && !step.equals(MARGIN)) {
        added(steps, step, dollars);
      }
    }
    steps.add(Step.sum("made"));
    return steps;
  }

  private static void added(
      final List<Step> steps, final String step, final Map<String, Double> dollars) {
    if (dollars.getOrDefault(step, 0.0) != 0) {
      steps.add(Step.of(step.replace('_', ' '), dollars.get(step)));
    }
  }
}
