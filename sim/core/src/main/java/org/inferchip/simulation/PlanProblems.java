package org.inferchip.simulation;

import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** What is said of models that cannot be laid over a system. */
final class PlanProblems {
  private PlanProblems() {}

  /** A problem of a system's placement. */
  static Problem of(final SystemDescription system, final String message) {
    return new Problem("system " + system.name(), 0, 0, "placement", message, "", "", "");
  }

  /** That the model does not fit, with the chips that it needs. */
  static InvalidInputException tooSmall(
      final SystemDescription system, final Model model, final Format weights, final Plan last) {
    final Optional<AnalogRoom> arrays =
        AnalogRoom.of(system.chip(), model, weights, 1, PipelineStages.of(model, 1));
    if (arrays.isPresent() && arrays.get().chips() > (last == null ? 0 : 1)) {
      return fullArrays(system, model, weights, arrays.get());
    }
    final long bytes = weights.bytes(model.parameters());
    final long needed = (long) Math.ceil(bytes / PlanRoom.bytes(system));
    return new InvalidInputException(
        of(system, "the model does not fit")
            .but(
                system.count()
                    + " x "
                    + system.chip().name()
                    + ", "
                    + (last == null ? 0 : last.chips())
                    + " of them tried",
                "more than "
                    + needed
                    + " chips for "
                    + model.name()
                    + " in "
                    + weights.key()
                    + " ("
                    + bytes / 1_000_000_000
                    + " GB of weights, then its cache)"));
  }

  private static InvalidInputException fullArrays(
      final SystemDescription system,
      final Model model,
      final Format weights,
      final AnalogRoom arrays) {
    return new InvalidInputException(
        of(system, "the weights do not fit into the analog arrays, which hold them for good")
            .but(
                system.count()
                    + " x "
                    + system.chip().name()
                    + " with "
                    + arrays.there()
                    + " arrays each",
                "at least "
                    + arrays.chips()
                    + " chips for the "
                    + arrays.whole()
                    + " arrays of "
                    + model.name()
                    + " in "
                    + weights.key()
                    + " ("
                    + arrays.heldElements()
                    + " weights)"));
  }
}
