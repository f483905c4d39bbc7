package org.inferchip.explore.uncertainty;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.engine.Detail;

/**
 * Figures of one run in every draw of its uncertain numbers. Runs that are drawn apart with one
 * seed move together in what they have in common, as those of {@link Uncertainty} do: a draw is a
 * function of the seed, of what is drawn and of its number.
 */
public final class DrawnRun {
  private final ServedSystem system;
  private final List<Map<String, Double>> values;
  private final double[][] figures;

  private DrawnRun(
      final ServedSystem system, final List<Map<String, Double>> values, final double[][] figures) {
    this.system = system;
    this.values = values;
    this.figures = figures;
  }

  /** Draws a run whose mappings were searched and whose equal streams were folded. */
  public static DrawnRun of(final Uncertainty.Run run, final int draws, final long seed) {
    final MonteCarlo monteCarlo = new MonteCarlo(seed, draws);
    final Survey survey = Survey.of(run.described(), RangeTable.shipped());
    final List<Map<String, Double>> values = monteCarlo.values(survey.variables());
    final ServedSystem system =
        new ServedSystem(run.described(), run.served(), survey, Detail.FOLDED, Map.of(), values);
    return new DrawnRun(system, values, monteCarlo.figures(system, values));
  }

  /** Of every draw, a figure by the key of its {@link Metric}; empty where that is not drawn. */
  public Optional<double[]> figure(final String key) {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.key().equals(key))
        .map(metric -> figures[metric.ordinal()].clone())
        .findFirst();
  }

  /** Of every draw, by which factor the joules of the operators of a name differ. */
  public double[] operatorJoules(final String name) {
    return values.stream().mapToDouble(one -> system.operatorJoules(name, one)).toArray();
  }
}
