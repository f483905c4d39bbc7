package org.inferchip.cost;

import org.inferchip.arch.Die;
import org.inferchip.arch.Process;

/**
 * Dollars for one sellable die, by the formulas of Chiplet Actuary (Feng and Ma, DAC 2022):
 *
 * <pre>
 *   S     = A + 2 s sqrt(A) + s^2              die with scribe line, s = 0.2 mm
 *   gross = pi (D/2 - 5)^2 / S - pi (D - 10) / sqrt(2 S)      D = 300 mm, 5 mm edge
 *   sold  = yield + harvest (1 - yield)        dies with a defect sold with parts switched off
 *   raw   = wafer price / gross,   cost = raw / sold
 * </pre>
 *
 * with A in mm2 and the {@link Yield} of the process. Harvesting is not in Chiplet Actuary; without
 * it the cost is that of a known good die there. Wafer prices and defects are secondary figures
 * everywhere: a single component is good to a factor of two, a whole chip to 25 %.
 *
 * @param grossDies dies on a wafer, not rounded (an average over layouts)
 * @param yield share without a defect
 * @param soldShare share that sells, harvested ones included
 * @param raw dollars of wafer under one die, good or not
 * @param dollars for one die that sells
 */
public record DieCost(
    double grossDies, double yield, double soldShare, double raw, double dollars) {
  private static final double WAFER_DIAMETER = 300;
  private static final double EDGE = 5;
  private static final double SCRIBE = 0.2;

  /** The cost of one die of a kind. */
  public static DieCost of(final Die die, final Process process) {
    final double yield = Yield.of(process, die.area());
    final double sold = yield + die.harvest() * (1 - yield);
    final double perWafer = gross(die.area());
    final double raw = process.waferPrice() / perWafer;
    return new DieCost(perWafer, yield, sold, raw, raw / sold);
  }

  /** Dollars of wafer for those dies that do not sell, for one that does. */
  public double defect() {
    return dollars - raw;
  }

  /** Pieces of so many mm2 that a wafer gives: one at least, for wafer-scale has no neighbours. */
  static double gross(final double area) {
    final double pitch = area + 2 * SCRIBE * Math.sqrt(area) + SCRIBE * SCRIBE;
    final double radius = WAFER_DIAMETER / 2 - EDGE;
    return Math.max(
        1, Math.PI * radius * radius / pitch - 2 * Math.PI * radius / Math.sqrt(2 * pitch));
  }
}
