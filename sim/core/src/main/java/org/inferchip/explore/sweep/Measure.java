package org.inferchip.explore.sweep;

import java.util.Map;

/** What a point's work costs. Thread-safe. */
interface Measure {
  /**
   * The figures of a design by column; one that it has not is left out.
   *
   * @throws org.inferchip.units.InvalidInputException if it cannot do the work
   */
  Map<String, Double> of(Design design);
}
