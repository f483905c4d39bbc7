package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * What it takes to write weights into cells: pulse after pulse until each reads as wanted. Done
 * once, when a model is loaded.
 *
 * @param pulse one pulse with its check
 * @param pulses of one cell
 * @param cellsAtOnce cells of one array that are written together
 * @param pulseEnergy of one pulse of one cell
 * @param endurance times that a cell can be written
 */
public record AnalogProgramming(
    @Measure(Dimension.SECONDS) double pulse,
    @Range(min = 1) int pulses,
    @Range(min = 1) int cellsAtOnce,
    @Measure(Dimension.JOULES) double pulseEnergy,
    @Range(min = 1) double endurance) {

  /** Seconds for so many cells of one array. */
  public double seconds(final double cells) {
    return Math.ceil(cells / cellsAtOnce) * pulses * pulse;
  }

  /** Joules for so many cells. */
  public double joules(final double cells) {
    return cells * pulses * pulseEnergy;
  }
}
