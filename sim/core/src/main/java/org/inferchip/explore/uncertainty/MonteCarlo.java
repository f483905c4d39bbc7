package org.inferchip.explore.uncertainty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws of all uncertain numbers of several subjects: those of one id move together. */
final class MonteCarlo {
  private final Draws generator;
  private final int draws;

  MonteCarlo(final long seed, final int draws) {
    this.generator = new Draws(seed);
    this.draws = draws;
  }

  /** Values by path, one map a draw. */
  List<Map<String, Double>> values(final List<Variable> variables) {
    final List<Map<String, Double>> all = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      final Map<String, Double> values = new HashMap<>();
      for (final Variable one : variables) {
        values.put(one.path(), one.at(generator.uniform(one.id(), draw)));
      }
      all.add(values);
    }
    return all;
  }

  /** Probabilities that an id's draws had. */
  double[] probabilities(final String id) {
    final double[] all = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      all[draw] = generator.uniform(id, draw);
    }
    return all;
  }

  /** Figures by metric and draw. */
  double[][] figures(final Subject subject, final List<Map<String, Double>> values) {
    final double[][] figures = new double[Metric.values().length][draws];
    for (int draw = 0; draw < draws; draw++) {
      final double[] one = subject.figures(values.get(draw));
      for (int m = 0; m < one.length; m++) {
        figures[m][draw] = one[m];
      }
    }
    return figures;
  }
}
