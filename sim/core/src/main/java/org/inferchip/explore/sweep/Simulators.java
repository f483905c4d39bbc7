package org.inferchip.explore.sweep;

import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.engine.Detail;
import org.inferchip.mapping.Mapping;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Pins;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Recent;

/**
 * Simulators that points share: points of equal chip and software share what is known of every
 * operator, those that differ in power, energy or price share mappings and times. Only the last few
 * are kept; what is forgotten is simulated again, with the same result. Thread-safe.
 */
final class Simulators {
  private final Map<String, String> pinned;
  private final Map<Object, OperatorSimulator> equal;
  private final Map<Object, OperatorSimulator> alike;

  /**
   * None yet.
   *
   * @param pinned mappings that are not searched, in their printed form, by operator name
   * @param kept how many chips are remembered
   */
  Simulators(final Map<String, String> pinned, final int kept) {
    this.pinned = pinned;
    this.equal = new Recent<>(kept);
    this.alike = new Recent<>(kept);
  }

  OperatorSimulator of(final Plan plan) {
    final Chip chip = plan.system().chip();
    final Stack stack = plan.system().stack();
    final Map<String, Mapping> pins = pinned.isEmpty() ? Map.of() : Pins.of(plan, pinned);
    synchronized (this) {
      return equal.computeIfAbsent(
          List.of(chip, stack, pins),
          key ->
              alike
                  .computeIfAbsent(
                      List.of(OperatorSimulator.timed(chip), stack, pins),
                      timed -> new OperatorSimulator(chip, stack, Detail.FOLDED, pins))
                  .costing(chip));
    }
  }
}
