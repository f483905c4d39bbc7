package org.inferchip.explore.uncertainty;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.inferchip.simulation.StepProfile;

/**
 * How typical steps follow one number that only a simulation can follow. The steps are simulated
 * with the number at both ends of its range, mappings kept; between, logarithms are linear in the
 * logarithm of the number on either side of the stated value, and beyond the ends go on so.
 *
 * <p>Approximation: numbers act independently (their moves add up in logarithms). {@link
 * ResponseCheck} says how far that is off.
 */
final class Response {
  private final Variable variable;
  private final List<StepMove> atLow = new ArrayList<>();
  private final List<StepMove> atHigh = new ArrayList<>();

  /**
   * Simulates the ends.
   *
   * @param steps as they are
   * @param at the steps with the number at a value
   */
  Response(
      final Variable variable,
      final List<StepProfile> steps,
      final java.util.function.DoubleFunction<UnaryOperator<StepProfile>> at) {
    this.variable = variable;
    final UnaryOperator<StepProfile> low = at.apply(variable.at(0.05));
    final UnaryOperator<StepProfile> high = at.apply(variable.at(0.95));
    for (final StepProfile step : steps) {
      atLow.add(StepMove.between(step, low.apply(step)));
      atHigh.add(StepMove.between(step, high.apply(step)));
    }
  }

  /** A step's move with this one added, for the number at a value. */
  StepMove add(final StepMove to, final int step, final double value) {
    final boolean below = value < variable.stated();
    final double end = variable.at(below ? 0.05 : 0.95);
    final double whole = StrictMath.log(end / variable.stated());
    if (whole == 0) {
      return to;
    }
    final double share = StrictMath.log(value / variable.stated()) / whole;
    return to.plus((below ? atLow : atHigh).get(step), share);
  }
}
