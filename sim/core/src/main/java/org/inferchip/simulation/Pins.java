package org.inferchip.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.StepShape;
import org.inferchip.mapping.Mapping;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** Mappings that a user pins to operators of a step. */
public final class Pins {
  private Pins() {}

  /**
   * Reads pinned mappings.
   *
   * @param pinned printed forms by operator name
   * @throws InvalidInputException if one is of no operator of a step with prefill and decode
   */
  public static Map<String, Mapping> of(final Plan plan, final Map<String, String> pinned) {
    final StepShape mixed =
        new StepShape(
            List.of(new Attention.Sequence(16, 16)), List.of(new Attention.Sequence(1, 16)), 1);
    return of(plan.lowering().lower(mixed), pinned);
  }

  static Map<String, Mapping> of(final LoweredStep step, final Map<String, String> pinned) {
    final Map<String, Operator> byName = new LinkedHashMap<>();
    step.forEach((operator, count) -> byName.putIfAbsent(operator.name(), operator));
    final Map<String, Mapping> parsed = new LinkedHashMap<>();
    final Problems problems = new Problems();
    pinned.forEach(
        (name, text) -> {
          final Operator operator = byName.get(name);
          if (operator == null) {
            problems.add(
                new Problem(
                        "command line",
                        0,
                        0,
                        "--map",
                        "the step has no such operator",
                        name,
                        String.join(", ", byName.keySet()),
                        "")
                    .near(Nearest.of(name, byName.keySet())));
          } else {
            parse(operator, text, problems).ifPresent(mapping -> parsed.put(name, mapping));
          }
        });
    problems.throwIfAny();
    return parsed;
  }

  private static Optional<Mapping> parse(
      final Operator operator, final String text, final Problems problems) {
    try {
      return Optional.of(Mapping.parse(operator, text));
    } catch (final InvalidInputException e) {
      for (final Problem one : e.problems()) {
        problems.add(
            Problem.ofFile(one.file(), operator.name() + ": " + one.message())
                .but(one.found(), one.expected()));
      }
      return Optional.empty();
    }
  }
}
