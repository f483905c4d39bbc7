package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Confidence intervals by the bootstrap over sites (Efron 1979): sites are drawn with replacement
 * {@value #DRAWS} times, the parameters are fitted to each draw by the {@link Sensitivities}, and
 * the interval holds the middle of the fits. The share that it leaves out at either end is 2.5 %
 * corrected for few sites, where the plain percentiles are too narrow (the expanded percentile
 * interval of Hesterberg, 2015): the normal tail beyond sqrt(n / (n - 1)) times the quantile of
 * Student's t with n - 1 degrees of freedom.
 */
final class Bootstrap {
  static final int DRAWS = 200;

  /** Farthest that a draw's fit may be from the fit to all sites; the parabolas end there. */
  static final double REACH = 0.25;

  private static final double TAIL = 0.025;
  private static final double ACCURACY = 1e-4;
  private static final int EVALUATIONS = 400;

  private Bootstrap() {}

  /** For each parameter its lowest and highest step from the fit. */
  static double[][] intervals(final Sensitivities rows, final double[] fit, final long seed) {
    final int parameters = rows.parameters();
    final double[] low = low(fit, REACH);
    final double[] high = high(fit, REACH);
    final Random random = new Random(seed);
    final double[][] fits = new double[parameters][DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      final int[] drawn = new int[rows.sites()];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = random.nextInt(drawn.length);
      }
      final double[] best = minimum(rows, drawn, low, high);
      for (int p = 0; p < parameters; p++) {
        fits[p][draw] = best[p];
      }
    }
    final double[][] intervals = new double[parameters][];
    final int cut = (int) Math.floor(tail(rows.sites()) * DRAWS);
    for (int p = 0; p < parameters; p++) {
      Arrays.sort(fits[p]);
      intervals[p] = new double[] {fits[p][cut], fits[p][DRAWS - 1 - cut]};
    }
    return intervals;
  }

  /** The steps from a fit to the least loss over all sites within reach. */
  static double[] step(final Sensitivities rows, final double[] fit, final double reach) {
    return minimum(rows, rows.all(), low(fit, reach), high(fit, reach));
  }

  private static double tail(final int sites) {
    if (sites < 2) {
      return 0;
    }
    final double quantile = new TDistribution(null, sites - 1).inverseCumulativeProbability(TAIL);
    return new NormalDistribution(null, 0, 1)
        .cumulativeProbability(Math.sqrt(sites / (sites - 1.0)) * quantile);
  }

  private static double[] low(final double[] fit, final double reach) {
    return Arrays.stream(fit).map(place -> Math.max(-reach, -place)).toArray();
  }

  private static double[] high(final double[] fit, final double reach) {
    return Arrays.stream(fit).map(place -> Math.min(reach, 1 - place)).toArray();
  }

  private static double[] minimum(
      final Sensitivities rows, final int[] drawn, final double[] low, final double[] high) {
    final double[] start = new double[low.length];
    double narrowest = Double.POSITIVE_INFINITY;
    for (int p = 0; p < low.length; p++) {
      start[p] = Math.min(high[p], Math.max(low[p], 0));
      narrowest = Math.min(narrowest, high[p] - low[p]);
    }
    return Fit.minimise(
        steps -> rows.loss(drawn, steps),
        start,
        low,
        high,
        Math.min(0.05, narrowest / 3),
        ACCURACY,
        EVALUATIONS);
  }
}
