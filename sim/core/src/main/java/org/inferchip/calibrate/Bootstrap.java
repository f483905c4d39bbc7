package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.Random;

/**
 * Confidence intervals by the bootstrap over sites (Efron 1979): sites are drawn with replacement
 * {@value #DRAWS} times, the parameters are fitted to each draw by the {@link Sensitivities}, and
 * the interval holds the middle 95 % of the fits.
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
    final double[] low = new double[parameters];
    final double[] high = new double[parameters];
    for (int p = 0; p < parameters; p++) {
      low[p] = Math.max(-REACH, -fit[p]);
      high[p] = Math.min(REACH, 1 - fit[p]);
    }
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
    for (int p = 0; p < parameters; p++) {
      Arrays.sort(fits[p]);
      final int cut = (int) Math.floor(TAIL * DRAWS);
      intervals[p] = new double[] {fits[p][cut], fits[p][DRAWS - 1 - cut]};
    }
    return intervals;
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
