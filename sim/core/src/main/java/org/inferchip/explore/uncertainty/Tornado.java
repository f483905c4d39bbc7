package org.inferchip.explore.uncertainty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * What of the uncertainty matters most for one figure of one subject: each uncertain number at its
 * 5 and 95 % points, all others as stated.
 *
 * @param system subject
 * @param metric figure
 * @param stated the figure with all numbers as stated
 * @param bars most important first
 * @param others how many numbers are not shown
 */
public record Tornado(String system, Metric metric, double stated, List<Bar> bars, int others) {
  private static final int SHOWN = 10;
  private static final double LOW = 0.05;
  private static final double HIGH = 0.95;

  /**
   * An uncertain number, or several that move together.
   *
   * @param parameter path of keys or model error; with others of one draw, the first and how many
   *     more
   * @param source where the number is from
   * @param low its 5 % point
   * @param value stated
   * @param high its 95 % point
   * @param atLow the figure there
   * @param atHigh the figure there
   * @param correlation Spearman's, between the number and the figure over all draws
   */
  public record Bar(
      String parameter,
      String source,
      String low,
      String value,
      String high,
      double atLow,
      double atHigh,
      double correlation) {
    double swing() {
      return Math.abs(atHigh - atLow);
    }
  }

  /** Tornados of some metrics of a subject. */
  static List<Tornado> of(
      final Subject subject,
      final List<Metric> metrics,
      final MonteCarlo draws,
      final double[][] figures) {
    final Map<String, List<Variable>> byId = new LinkedHashMap<>();
    subject
        .variables()
        .forEach(one -> byId.computeIfAbsent(one.id(), id -> new ArrayList<>()).add(one));
    final double[] stated = subject.figures(Map.of());
    final Map<Metric, List<Bar>> bars = new LinkedHashMap<>();
    metrics.forEach(metric -> bars.put(metric, new ArrayList<>()));
    byId.forEach(
        (id, variables) -> {
          final double[] low = subject.figures(at(variables, LOW));
          final double[] high = subject.figures(at(variables, HIGH));
          final double[] drawn = draws.probabilities(id);
          for (final Metric metric : metrics) {
            final int m = metric.ordinal();
            if (low[m] != high[m] && Double.isFinite(low[m]) && Double.isFinite(high[m])) {
              bars.get(metric).add(bar(variables, low[m], high[m], correlation(drawn, figures[m])));
            }
          }
        });
    final List<Tornado> all = new ArrayList<>();
    bars.forEach(
        (metric, list) -> {
          if (!Double.isFinite(stated[metric.ordinal()])) {
            return;
          }
          list.sort(Comparator.comparingDouble(Bar::swing).reversed());
          all.add(
              new Tornado(
                  subject.name(),
                  metric,
                  stated[metric.ordinal()],
                  List.copyOf(list.subList(0, Math.min(SHOWN, list.size()))),
                  Math.max(0, list.size() - SHOWN)));
        });
    return all;
  }

  private static Map<String, Double> at(final List<Variable> variables, final double share) {
    final Map<String, Double> values = new HashMap<>();
    variables.forEach(one -> values.put(one.path(), one.at(share)));
    return values;
  }

  private static double correlation(final double[] drawn, final double[] figures) {
    return drawn.length < 2 ? Double.NaN : new SpearmansCorrelation().correlation(drawn, figures);
  }

  private static Bar bar(
      final List<Variable> variables,
      final double atLow,
      final double atHigh,
      final double correlation) {
    final Variable first = variables.get(0);
    final int more = variables.size() - 1;
    return new Bar(
        first.label() + (more == 0 ? "" : " and " + more + " more"),
        first.what(),
        first.shown(first.at(LOW)),
        first.shown(first.stated()),
        first.shown(first.at(HIGH)),
        atLow,
        atHigh,
        correlation);
  }
}
