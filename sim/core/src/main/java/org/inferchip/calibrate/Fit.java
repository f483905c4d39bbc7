package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * Finds the least value of a function of a few places between bounds: by BOBYQA (Powell 2009), or
 * by Brent's method where there is one place, which BOBYQA does not take. Both are deterministic.
 * The best place that was tried is the result, even where evaluations run out.
 */
final class Fit {
  private final ToDoubleFunction<double[]> function;
  private double[] best;
  private double least = Double.POSITIVE_INFINITY;

  private Fit(final ToDoubleFunction<double[]> function) {
    this.function = function;
  }

  /**
   * Minimises.
   *
   * @param start inside the bounds
   * @param low bounds
   * @param high bounds
   * @param radius of the first steps
   * @param accuracy of the places
   * @param evaluations at most
   */
  static double[] minimise(
      final ToDoubleFunction<double[]> function,
      final double[] start,
      final double[] low,
      final double[] high,
      final double radius,
      final double accuracy,
      final int evaluations) {
    final Fit fit = new Fit(function);
    fit.tried(start);
    try {
      if (start.length == 1) {
        fit.brent(start[0], low[0], high[0], accuracy, evaluations);
      } else {
        fit.bobyqa(start, low, high, radius, accuracy, evaluations);
      }
    } catch (final MathIllegalStateException e) {
      // Evaluations ran out, or rounding ended the steps: the best so far it is.
    }
    return fit.best;
  }

  private void bobyqa(
      final double[] start,
      final double[] low,
      final double[] high,
      final double radius,
      final double accuracy,
      final int evaluations) {
    new BOBYQAOptimizer(points(start.length), radius, accuracy)
        .optimize(
            new MaxEval(evaluations),
            new ObjectiveFunction(this::tried),
            GoalType.MINIMIZE,
            new InitialGuess(start),
            new SimpleBounds(low, high));
  }

  /** As many as a full quadratic model has coefficients: the valleys are bent. */
  private static int points(final int places) {
    return (places + 1) * (places + 2) / 2;
  }

  private void brent(
      final double start,
      final double low,
      final double high,
      final double accuracy,
      final int evaluations) {
    new BrentOptimizer(accuracy, accuracy)
        .optimize(
            new MaxEval(evaluations),
            new UnivariateObjectiveFunction(place -> tried(new double[] {place})),
            GoalType.MINIMIZE,
            new SearchInterval(low, high, start));
  }

  private double tried(final double[] places) {
    final double value = function.applyAsDouble(places);
    if (best == null || value < least) {
      least = value;
      best = Arrays.copyOf(places, places.length);
    }
    return value;
  }
}
