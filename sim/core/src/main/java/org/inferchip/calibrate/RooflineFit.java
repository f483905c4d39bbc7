package org.inferchip.calibrate;

import java.util.List;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * The three parameters of a {@link Roofline} that fit measured rows best: least mean |log(predicted
 * / measured)|, by Nelder and Mead's simplex on (log launch, logit compute, logit memory), from a
 * fixed start and once more from where it ends.
 *
 * @param launchMicros launch time
 * @param compute share of the peak rate, below 1
 * @param memory share of the bandwidth, below 1
 */
record RooflineFit(double launchMicros, double compute, double memory) {
  private static final int PARAMETERS = 3;
  private static final int EVALUATIONS = 4000;
  private static final double[] START = {1, 0.6, 1.4};

  /** The fit to rows, at least one. */
  static RooflineFit to(final List<Measurement> rows) {
    double[] best = START;
    for (int round = 0; round < 2; round++) {
      best = minimise(rows, best);
    }
    return at(best);
  }

  /** The calibrated time of a row. */
  double micros(final Roofline roofline) {
    return roofline.micros(launchMicros, compute, memory);
  }

  private static double[] minimise(final List<Measurement> rows, final double[] start) {
    try {
      return new SimplexOptimizer(new SimpleValueChecker(1e-9, 1e-9))
          .optimize(
              new MaxEval(EVALUATIONS),
              new ObjectiveFunction(point -> loss(rows, at(point))),
              GoalType.MINIMIZE,
              new InitialGuess(start),
              new NelderMeadSimplex(PARAMETERS, 0.7))
          .getPoint();
    } catch (final TooManyEvaluationsException e) {
      return start; // rows that have no best fit
    }
  }

  private static RooflineFit at(final double[] point) {
    return new RooflineFit(StrictMath.exp(point[0]), share(point[1]), share(point[2]));
  }

  private static double share(final double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }

  private static double loss(final List<Measurement> rows, final RooflineFit fit) {
    double sum = 0;
    for (final Measurement row : rows) {
      sum += Math.abs(StrictMath.log(fit.micros(row.roofline()) / row.measured()));
    }
    return sum / rows.size();
  }
}
