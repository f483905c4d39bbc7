package org.inferchip.simulation;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Stack;
import org.inferchip.arch.StoredWeights;
import org.inferchip.arch.SystemDescription;
import org.inferchip.lowering.Numbers;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;

/** In which formats a plan holds weights and cache. */
final class PlanFormats {
  private PlanFormats() {}

  /**
   * The format of most weights: the one that was asked for, else the stack's, else the other one of
   * 16 bits where the unit has only that.
   *
   * @throws InvalidInputException if the unit lacks it
   */
  static Format weights(final SystemDescription system, final Optional<Format> wish) {
    final MatrixUnit unit = Plan.unit(system.chip());
    final boolean analog = unit instanceof MatrixUnit.Analog;
    final Format wanted = wish.orElse(analog ? Format.ANALOG : system.stack().weights());
    final Format inputs = inputs(system.stack(), wanted);
    if (unit.macsPerCycle().containsKey(inputs)) {
      return wanted;
    }
    if (wish.isEmpty() && wanted.bits() == Format.FP16.bits()) {
      final Format other = wanted == Format.BF16 ? Format.FP16 : Format.BF16;
      if (unit.macsPerCycle().containsKey(other)) {
        return other;
      }
    }
    throw new InvalidInputException(
        PlanProblems.of(
                system,
                analog
                    ? "the arrays of "
                        + system.chip().name()
                        + " are analog and not set to emulate this format (matrix.emulates)"
                    : "the matrix unit of " + system.chip().name() + " lacks this format")
            .but(
                wanted.key(),
                String.join(
                    ", ",
                    unit.macsPerCycle().keySet().stream().map(Format::key).sorted().toList())));
  }

  /** The format of keys and values: the stack's, but for 16 bits that of the weights. */
  static Format cache(final SystemDescription system, final Format weights) {
    final Format cache = system.stack().cache();
    return cache.bits() == Format.BF16.bits() && weights.bits() == Format.BF16.bits()
        ? weights
        : cache;
  }

  /** The format in which weights are multiplied. */
  static Format inputs(final Stack stack, final Format weights) {
    return stack.stored(weights).map(StoredWeights::inputs).orElse(weights.dense());
  }

  /** Formats of a plan: 16-bit activations, sums as the matrix unit has them. */
  static Numbers numbers(final Plan plan) {
    final Stack stack = plan.system().stack();
    final Format weights = plan.weights();
    // Analog arrays take activations as they are.
    final Format inputs =
        weights == Format.ANALOG ? wide(plan.system().chip(), weights) : inputs(stack, weights);
    final Format activations =
        inputs.bits() >= Format.BF16.bits() ? inputs : wide(plan.system().chip(), weights);
    return new Numbers(
        weights,
        inputs,
        activations,
        plan.cache(),
        Plan.unit(plan.system().chip()).accumulator(),
        stack.summed().orElse(activations),
        stack.stored(weights).flatMap(StoredWeights::projections).orElse(Map.of()));
  }

  private static Format wide(final Chip chip, final Format weights) {
    final boolean bf16 =
        weights == Format.ANALOG
            ? chip.cores().stream()
                .filter(cores -> !(cores.matrix() instanceof MatrixUnit.Analog))
                .anyMatch(cores -> cores.matrix().macsPerCycle().containsKey(Format.BF16))
            : Plan.unit(chip).macsPerCycle().containsKey(Format.BF16);
    return bf16 ? Format.BF16 : Format.FP16;
  }
}
