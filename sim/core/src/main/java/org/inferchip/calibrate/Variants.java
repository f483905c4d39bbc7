package org.inferchip.calibrate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatmulKernels;
import org.inferchip.arch.RowWork;
import org.inferchip.arch.Stack;
import org.inferchip.engine.Detail;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.TunedExperts;

/** Targets with some of their software's kernels in the place of others, each made once. */
final class Variants {
  private final SharedTimings timings;
  private final Map<Software, Target> known = new HashMap<>();

  /**
   * None yet.
   *
   * @param timings of chips
   */
  Variants(final SharedTimings timings) {
    this.timings = timings;
  }

  /** A target for a data type for which the stack lists kernels beside those of its format. */
  Target kernels(final Target target, final String dataType, final Format format) {
    final MatmulKernels kernels = target.stack().matmul();
    return kernels.formats().filter(all -> all.containsKey(dataType)).isPresent()
        ? with(target, kernels.with(dataType, format))
        : target;
  }

  /** A target with other kernels. */
  Target with(final Target target, final MatmulKernels kernels) {
    return kernels.equals(target.stack().matmul())
        ? target
        : with(target, kernels, Optional.empty());
  }

  /**
   * A target for layers of experts: its kernels for groups stand in the place of a format's, so
   * that one expert alone takes them too.
   *
   * @param name of the kernels: the format's, or one that a table has for a way to quantise
   * @param kernel of that name, where it is not the stack's usual one
   * @param meanRows rows of an expert of the device in the mean
   */
  Target experts(
      final Target target,
      final String name,
      final Optional<String> kernel,
      final Format format,
      final double meanRows) {
    MatmulKernels kernels = target.stack().matmul().with(name, format);
    if (kernel.isPresent()) {
      kernels = kernels.with(name + "-" + kernel.get(), format);
    }
    return with(target, kernels.loaded(format, meanRows).expertsOnly(format), Optional.empty());
  }

  /** A target that serves a plan, by the kernels that its software tuned for it. */
  Target serving(final Target target, final Plan plan) {
    return with(target, TunedExperts.of(target.stack(), plan).matmul());
  }

  /**
   * A target that serves a model of experts, by kernels for groups of another name where it has
   * such: they stand in the place of a format's, and their routing in that of the stack's.
   *
   * @param name of kernels that are listed beside those of formats
   */
  Target serving(final Target target, final String name, final Format format) {
    return target
        .stack()
        .matmul()
        .grouped()
        .filter(all -> all.containsKey(name))
        .map(
            all ->
                with(target, target.stack().matmul().with(name, format), all.get(name).routing()))
        .orElse(target);
  }

  private Target with(
      final Target target, final MatmulKernels kernels, final Optional<Double> routing) {
    final Stack placed = target.stack().with(kernels);
    final Stack stack =
        routing.map(seconds -> placed.launching(RowWork.TOP_K, seconds)).orElse(placed);
    return known.computeIfAbsent(
        new Software(target.chip().name(), stack), key -> made(target.chip(), stack));
  }

  private Target made(final Chip chip, final Stack stack) {
    final OperatorSimulator operators = new OperatorSimulator(chip, stack, Detail.FOLDED, Map.of());
    return new Target(chip, stack, operators.sharing(timings.of(chip)));
  }

  /** What tells targets apart. */
  private record Software(String chip, Stack stack) {}
}
