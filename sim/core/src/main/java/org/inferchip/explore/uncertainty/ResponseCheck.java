package org.inferchip.explore.uncertainty;

import java.util.List;
import java.util.Map;
import org.inferchip.simulation.StepProfile;

/**
 * How far the response of typical steps is off: some draws, one in so many, are simulated with all
 * their values at once.
 *
 * @param simulated steps simulated
 * @param meanTimeError mean relative error of their time
 * @param largestTimeError largest
 * @param meanJoulesError mean relative error of their joules
 * @param largestJoulesError largest
 */
public record ResponseCheck(
    int simulated,
    double meanTimeError,
    double largestTimeError,
    double meanJoulesError,
    double largestJoulesError) {
  private static final int DRAWS = 4;

  /** What a step's move is predicted to be. */
  interface Predicted {
    StepMove of(Map<String, Double> values, int step);
  }

  /** A step simulated with other values. */
  interface Simulated {
    StepProfile of(Map<String, Double> values, StepProfile step);
  }

  static ResponseCheck of(
      final List<Map<String, Double>> draws,
      final List<StepProfile> steps,
      final Predicted predicted,
      final Simulated simulated) {
    final double[] time = new double[2];
    final double[] joules = new double[2];
    int count = 0;
    for (int i = 0; i < Math.min(DRAWS, draws.size()); i++) {
      final Map<String, Double> values =
          draws.get(i * (draws.size() / Math.min(DRAWS, draws.size())));
      for (int s = 0; s < steps.size(); s++) {
        final StepProfile exact = simulated.of(values, steps.get(s));
        final StepMove move = predicted.of(values, s);
        add(time, StrictMath.exp(move.time()) * steps.get(s).latencyPicos() / exact.latencyPicos());
        add(joules, aboveIdle(steps.get(s), move) / aboveIdle(exact));
        count++;
      }
    }
    final int n = Math.max(1, count);
    return new ResponseCheck(count, time[0] / n, time[1], joules[0] / n, joules[1]);
  }

  private static void add(final double[] meanAndLargest, final double ratio) {
    final double error = Math.abs(ratio - 1);
    meanAndLargest[0] += error;
    meanAndLargest[1] = Math.max(meanAndLargest[1], error);
  }

  private static double aboveIdle(final StepProfile step) {
    double sum = 0;
    for (final double part : Parts.of(step.energy())) {
      sum += part;
    }
    return sum;
  }

  private static double aboveIdle(final StepProfile step, final StepMove move) {
    final double[] parts = Parts.of(step.energy());
    double sum = 0;
    for (int i = 0; i < parts.length; i++) {
      sum += parts[i] * StrictMath.exp(move.joules()[i]);
    }
    return sum;
  }
}
