package org.inferchip.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.derive.Floors;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergyLaw;
import org.inferchip.engine.LawViolation;

/**
 * The components of an energy breakdown by the names that readers see, floors split by what they
 * are made of: a statement, the sums stay.
 */
final class EnergyParts {
  private EnergyParts() {}

  /**
   * Joules by component, in the order of the record.
   *
   * @param chip whose energy it is
   * @throws org.inferchip.engine.LawViolation if they are not the whole
   */
  static Map<String, Double> of(final EnergyBreakdown energy, final Chip chip) {
    final Floors floors = Floors.of(chip);
    final double idle = share(energy.idle(), chip.power().idle());
    final double busy = share(energy.busyFloor(), chip.power().busyFloor());
    final Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("leakage", idle * floors.leakage());
    parts.put("memory_at_rest", idle * floors.standby());
    parts.put("rest_of_idle", idle * floors.otherIdle());
    parts.put("clock_tree", busy * floors.clockTree());
    parts.put("rest_of_busy_floor", busy * floors.otherBusy());
    parts.put("matrix", energy.matrix());
    parts.put("vector", energy.vector());
    parts.put("local", energy.local());
    parts.put("port", energy.port());
    parts.put("network", energy.network());
    parts.put("shared", energy.shared());
    parts.put("memory", energy.memory());
    parts.put("link", energy.link());
    parts.put("host", energy.host());
    parts.put("memory_device", energy.device());
    EnergyLaw.broken("joules by component", energy.total(), List.copyOf(parts.values()))
        .ifPresent(
            text -> {
              throw new LawViolation(text);
            });
    return parts;
  }

  /** Joules of each watt. */
  private static double share(final double joules, final double watts) {
    return watts == 0 ? 0 : joules / watts;
  }
}
