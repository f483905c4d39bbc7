package org.inferchip.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inferchip.energy.EnergyBreakdown;

/** The components of an energy breakdown by the names that readers see. */
final class EnergyParts {
  private EnergyParts() {}

  /** Joules by component, in the order of the record. */
  static Map<String, Double> of(final EnergyBreakdown energy) {
    final Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("idle", energy.idle());
    parts.put("busy_floor", energy.busyFloor());
    parts.put("matrix", energy.matrix());
    parts.put("vector", energy.vector());
    parts.put("local", energy.local());
    parts.put("port", energy.port());
    parts.put("shared", energy.shared());
    parts.put("memory", energy.memory());
    parts.put("link", energy.link());
    parts.put("host", energy.host());
    parts.put("memory_device", energy.device());
    return parts;
  }
}
