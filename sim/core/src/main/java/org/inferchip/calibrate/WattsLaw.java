package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.List;

/**
 * What a power model is held against: watts = P0 + e x operations a second, with the measured time,
 * which a prediction does not know. As a {@link Roofline}, the launch is P0 in watts, and the odds
 * of the compute share are e in pJ; the plain one is the power limit. The simplest of such laws is
 * a constant.
 *
 * @param teraOps operations a picosecond over the measured time
 * @param limitWatts of chip and memory
 */
record WattsLaw(double teraOps, double limitWatts) implements Roofline {
  @Override
  public double micros(final double floorWatts, final double compute, final double unused) {
    return floorWatts + compute / (1 - compute) * teraOps;
  }

  @Override
  public double plain() {
    return limitWatts;
  }

  /** The constant with the least absolute error: the median. */
  static double constant(final List<Measurement> rows) {
    final double[] watts = rows.stream().mapToDouble(Measurement::measured).sorted().toArray();
    final int middle = watts.length / 2;
    return Arrays.stream(watts, (watts.length - 1) / 2, middle + 1).average().orElse(Double.NaN);
  }
}
