package org.inferchip.explore.uncertainty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.engine.Detail;
import org.inferchip.explore.Evaluator;

/**
 * How far the figures of runs, and their order, can be trusted: draws of every uncertain number of
 * the systems' descriptions, numbers in common drawn once. See {@link ServedSystem} for what is
 * counted again and what is approximated.
 *
 * @param draws how many
 * @param seed of the draws
 * @param systems in the order given
 * @param rankings by figure; empty for one system
 * @param turns what would turn the order of the first two by tokens a joule and a dollar
 */
public record Uncertainty(
    int draws,
    long seed,
    List<OfSystem> systems,
    List<RankProbability> rankings,
    List<Turn> turns) {
  private static final List<Metric> TORNADOS =
      List.of(Metric.TOKENS_PER_JOULE, Metric.TOKENS_PER_USD, Metric.TPOT_P50, Metric.TTFT_P99);

  /**
   * Of one system.
   *
   * @param name of the system
   * @param variables how many numbers were drawn
   * @param left how many were not, by reason
   * @param intervals by figure
   * @param tornados what matters most
   * @param check how far the approximation of times was off
   */
  public record OfSystem(
      String name,
      int variables,
      Map<String, Integer> left,
      Map<Metric, Interval> intervals,
      List<Tornado> tornados,
      ResponseCheck check) {}

  /**
   * A run to draw.
   *
   * @param described its system
   * @param served the run
   */
  public record Run(Described<SystemDescription> described, Evaluator.Served served) {}

  /**
   * Draws.
   *
   * @param pinned mappings that are not searched
   */
  public static Uncertainty of(
      final List<Run> runs,
      final int draws,
      final long seed,
      final Detail detail,
      final Map<String, String> pinned) {
    final RangeTable table = RangeTable.shipped();
    final MonteCarlo monteCarlo = new MonteCarlo(seed, draws);
    final List<OfSystem> systems = new ArrayList<>();
    final List<double[][]> figures = new ArrayList<>();
    final List<Subject> subjects = new ArrayList<>();
    for (final Run run : runs) {
      final Survey survey = Survey.of(run.described(), table);
      final List<Map<String, Double>> values = monteCarlo.values(survey.variables());
      final ServedSystem system =
          new ServedSystem(run.described(), run.served(), survey, detail, pinned, values);
      final double[][] drawn = monteCarlo.figures(system, values);
      figures.add(drawn);
      subjects.add(system);
      systems.add(
          new OfSystem(
              system.name(),
              survey.variables().size(),
              survey.left(),
              intervals(drawn),
              Tornado.of(system, TORNADOS, monteCarlo, drawn),
              system.check()));
    }
    final boolean compared = runs.size() > 1;
    return new Uncertainty(
        draws,
        seed,
        List.copyOf(systems),
        compared ? rankings(systems, figures) : List.of(),
        compared ? turns(subjects) : List.of());
  }

  /** Of the two systems that are best at the stated numbers. */
  private static List<Turn> turns(final List<Subject> subjects) {
    final List<Turn> turns = new ArrayList<>();
    for (final Metric metric : List.of(Metric.TOKENS_PER_JOULE, Metric.TOKENS_PER_USD)) {
      final List<Subject> sorted = new ArrayList<>(subjects);
      sorted.sort(Comparator.comparingDouble(one -> -one.figures(Map.of())[metric.ordinal()]));
      turns.addAll(Turn.of(metric, sorted.get(0), sorted.get(1)));
    }
    return List.copyOf(turns);
  }

  private static Map<Metric, Interval> intervals(final double[][] figures) {
    final Map<Metric, Interval> intervals = new LinkedHashMap<>();
    for (final Metric metric : Metric.values()) {
      intervals.put(metric, Interval.of(figures[metric.ordinal()]));
    }
    return Collections.unmodifiableMap(intervals);
  }

  private static List<RankProbability> rankings(
      final List<OfSystem> systems, final List<double[][]> figures) {
    final List<String> names = systems.stream().map(OfSystem::name).toList();
    final List<RankProbability> rankings = new ArrayList<>();
    for (final Metric metric : Metric.values()) {
      rankings.add(
          RankProbability.of(
              metric, names, figures.stream().map(one -> one[metric.ordinal()]).toList()));
    }
    return List.copyOf(rankings);
  }
}
