package org.inferchip.explore.uncertainty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How sure the order of systems is by one figure.
 *
 * @param metric figure
 * @param ranks for each system, the share of draws in which it is first, second, and so on
 * @param pairs for each two systems, how often one beats the other
 */
public record RankProbability(Metric metric, Map<String, List<Double>> ranks, List<Pair> pairs) {

  /**
   * Two systems.
   *
   * @param better the one that is better in most draws
   * @param worse the other
   * @param share of the draws in which it is better
   * @param factor by how much, where it lies: better over worse, above 1 if better
   */
  public record Pair(String better, String worse, double share, Interval factor) {}

  /**
   * Of one metric.
   *
   * @param names of the systems
   * @param figures of each system and draw
   */
  static RankProbability of(
      final Metric metric, final List<String> names, final List<double[]> figures) {
    final int systems = names.size();
    final int draws = figures.get(0).length;
    final double[][] counts = new double[systems][systems];
    for (int draw = 0; draw < draws; draw++) {
      for (int a = 0; a < systems; a++) {
        int rank = 0;
        for (int b = 0; b < systems; b++) {
          final boolean before = beats(metric, figures, b, a, draw);
          final boolean tied = !before && !beats(metric, figures, a, b, draw);
          rank += before || tied && b < a ? 1 : 0;
        }
        counts[a][rank]++;
      }
    }
    final Map<String, List<Double>> ranks = new LinkedHashMap<>();
    for (int a = 0; a < systems; a++) {
      final List<Double> shares = new ArrayList<>();
      for (final double count : counts[a]) {
        shares.add(count / draws);
      }
      ranks.put(names.get(a), Collections.unmodifiableList(shares));
    }
    return new RankProbability(
        metric, Collections.unmodifiableMap(ranks), pairs(metric, names, figures));
  }

  private static List<Pair> pairs(
      final Metric metric, final List<String> names, final List<double[]> figures) {
    final List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      for (int b = a + 1; b < names.size(); b++) {
        final double first = share(metric, figures, a, b);
        final double second = share(metric, figures, b, a);
        pairs.add(
            first >= second
                ? pair(metric, names, figures, a, b, first)
                : pair(metric, names, figures, b, a, second));
      }
    }
    return List.copyOf(pairs);
  }

  private static Pair pair(
      final Metric metric,
      final List<String> names,
      final List<double[]> figures,
      final int better,
      final int worse,
      final double share) {
    final double[] factors = new double[figures.get(better).length];
    for (int draw = 0; draw < factors.length; draw++) {
      final double ratio = figures.get(better)[draw] / figures.get(worse)[draw];
      factors[draw] = metric.moreIsBetter() ? ratio : 1 / ratio;
    }
    return new Pair(names.get(better), names.get(worse), share, Interval.of(factors));
  }

  private static double share(
      final Metric metric, final List<double[]> figures, final int a, final int b) {
    int wins = 0;
    for (int draw = 0; draw < figures.get(a).length; draw++) {
      wins += beats(metric, figures, a, b, draw) ? 1 : 0;
    }
    return (double) wins / figures.get(a).length;
  }

  /** A figure that does not exist is beaten by any that does. */
  private static boolean beats(
      final Metric metric, final List<double[]> figures, final int a, final int b, final int draw) {
    final double one = figures.get(a)[draw];
    final double other = figures.get(b)[draw];
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return !Double.isNaN(one) && Double.isNaN(other);
    }
    return metric.moreIsBetter() ? one > other : one < other;
  }
}
