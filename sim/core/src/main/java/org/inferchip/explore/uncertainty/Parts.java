package org.inferchip.explore.uncertainty;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.inferchip.energy.EnergyBreakdown;

/** Components of an energy breakdown above idle, as numbers in a fixed order. */
final class Parts {
  private static final List<RecordComponent> ABOVE_IDLE = new ArrayList<>();

  static {
    for (final RecordComponent one : EnergyBreakdown.class.getRecordComponents()) {
      if (!one.getName().equals("idle")) {
        ABOVE_IDLE.add(one);
      }
    }
  }

  private Parts() {}

  static int count() {
    return ABOVE_IDLE.size();
  }

  /** Where the busy floor stands, which grows with time. */
  static int busyFloor() {
    for (int i = 0; i < count(); i++) {
      if (ABOVE_IDLE.get(i).getName().equals("busyFloor")) {
        return i;
      }
    }
    throw new IllegalStateException("energy has no busy floor");
  }

  static double[] of(final EnergyBreakdown energy) {
    final double[] parts = new double[count()];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = (double) ABOVE_IDLE.get(i).getAccessor().invoke(energy);
      }
    } catch (final ReflectiveOperationException e) {
      throw new IllegalStateException("a component of energy cannot be read", e);
    }
    return parts;
  }
}
