package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How the logarithm of each row's predicted over measured number moves with the parameters around a
 * fit: for each parameter the parabola through three simulated points, their effects added. It
 * stands in for the simulator where a fit is repeated hundreds of times.
 */
final class Sensitivities {
  private final double[] errors;
  private final double[][] slopes;
  private final double[][] curvatures;
  private final double[] weights;
  private final List<int[]> sites;

  /**
   * Sensitivities of rows.
   *
   * @param errors by row, at the fit
   * @param slopes by parameter and row, for a step of one along the parameter's scale
   * @param curvatures likewise, of the square of the step
   * @param weights of rows
   * @param siteOfRow what is drawn as a whole
   */
  Sensitivities(
      final double[] errors,
      final double[][] slopes,
      final double[][] curvatures,
      final double[] weights,
      final List<String> siteOfRow) {
    this.errors = errors;
    this.slopes = slopes;
    this.curvatures = curvatures;
    this.weights = weights;
    final TreeMap<String, List<Integer>> bySite = new TreeMap<>();
    for (int i = 0; i < siteOfRow.size(); i++) {
      bySite.computeIfAbsent(siteOfRow.get(i), key -> new ArrayList<>()).add(i);
    }
    this.sites =
        bySite.values().stream()
            .map(rows -> rows.stream().mapToInt(Integer::intValue).toArray())
            .toList();
  }

  int parameters() {
    return slopes.length;
  }

  int sites() {
    return sites.size();
  }

  /** Each site once. */
  int[] all() {
    final int[] all = new int[sites.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return all;
  }

  /**
   * The loss over sites.
   *
   * @param drawn sites, each as often as it counts
   * @param steps of the parameters from the fit
   */
  double loss(final int[] drawn, final double[] steps) {
    double sum = 0;
    double weight = 0;
    for (final int site : drawn) {
      for (final int row : sites.get(site)) {
        double error = errors[row];
        for (int p = 0; p < steps.length; p++) {
          error += steps[p] * (slopes[p][row] + steps[p] * curvatures[p][row]);
        }
        sum += weights[row] * Loss.ofLog(error);
        weight += weights[row];
      }
    }
    return sum / weight;
  }
}
