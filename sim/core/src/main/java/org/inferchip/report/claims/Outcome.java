package org.inferchip.report.claims;

import java.util.Optional;
import org.inferchip.explore.uncertainty.DrawnRun;
import org.inferchip.report.SystemResult;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * What a machine did with work.
 *
 * @param result of it; empty where it cannot do it
 * @param drawn its figures in every draw, where they were asked for
 * @param refusal why it cannot, else empty
 */
record Outcome(Optional<SystemResult> result, Optional<DrawnRun> drawn, String refusal) {
  static Outcome of(final SystemResult result, final Optional<DrawnRun> drawn) {
    return new Outcome(Optional.of(result), drawn, "");
  }

  static Outcome refused(final String reason) {
    return new Outcome(Optional.empty(), Optional.empty(), reason);
  }

  /**
   * A figure in every draw; empty where it is not drawn, or the machine cannot do the work.
   *
   * @throws InvalidInputException if results have no such figure
   */
  Optional<double[]> draws(final String name) {
    return drawn.flatMap(run -> NamedFigure.draws(run, name, figure(name)));
  }

  /**
   * A figure; NaN where the machine cannot do the work.
   *
   * @throws InvalidInputException if results have no such figure
   */
  double figure(final String name) {
    return result.map(one -> figure(one, name)).orElse(Double.NaN);
  }

  private static double figure(final SystemResult result, final String name) {
    return NamedFigure.of(result.json(), name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Problem.ofFile("a claim", "the result of " + result.name() + " has no figure")
                        .but(name, "a number's keys in the JSON of run, such as tpot_ms/p50")));
  }
}
