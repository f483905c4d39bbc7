package org.inferchip.cost;

import org.inferchip.arch.Die;
import org.inferchip.arch.Process;

/**
 * Dollars for one sellable die, by the formulas of Chiplet Actuary (Feng and Ma, DAC 2022):
 *
 * <pre>
 *   S     = A + 2 s sqrt(A) + s^2              die with scribe line, s = 0.2 mm
 *   gross = pi (D/2 - 5)^2 / S - pi (D - 10) / sqrt(2 S)      D = 300 mm, 5 mm edge
 *   yield = (1 + D0 A / (100 alpha))^-alpha    negative binomial, alpha = 10 (logic)
 *   sold  = yield + harvest (1 - yield)        dies with a defect sold with parts switched off
 *   cost  = wafer price / (gross sold)
 * </pre>
 *
 * with A in mm2 and D0 in defects a cm2. Wafer prices and D0 are secondary figures everywhere: a
 * single component is good to a factor of two, a whole chip to 25 %.
 *
 * @param grossDies dies on a wafer, not rounded (an average over layouts)
 * @param yield share without a defect
 * @param soldShare share that sells, harvested ones included
 * @param dollars for one die that sells
 */
public record DieCost(double grossDies, double yield, double soldShare, double dollars) {
  private static final double WAFER_DIAMETER = 300;
  private static final double EDGE = 5;
  private static final double SCRIBE = 0.2;
  private static final double CLUSTERING = 10;
  private static final double SQUARE_MILLIMETRES_PER_SQUARE_CENTIMETRE = 100;

  /** The cost of one die of a kind. */
  public static DieCost of(final Die die, final Process process) {
    final double area = die.area();
    final double pitch = area + 2 * SCRIBE * Math.sqrt(area) + SCRIBE * SCRIBE;
    final double radius = WAFER_DIAMETER / 2 - EDGE;
    final double gross =
        Math.PI * radius * radius / pitch - 2 * Math.PI * radius / Math.sqrt(2 * pitch);
    final double defects =
        process.defectDensity() * area / SQUARE_MILLIMETRES_PER_SQUARE_CENTIMETRE;
    final double yield = StrictMath.pow(1 + defects / CLUSTERING, -CLUSTERING);
    final double sold = yield + die.harvest() * (1 - yield);
    // A die as large as the wafer (wafer-scale) has no round number of neighbours: one a wafer.
    final double perWafer = Math.max(1, gross);
    return new DieCost(perWafer, yield, sold, process.waferPrice() / (perWafer * sold));
  }
}
