package org.inferchip.calibrate;

import java.util.function.Supplier;
import org.inferchip.simulation.OperatorResult;

/**
 * Watts of an operator that is repeated without a gap: joules of the chip over its time; in the
 * launch floor the chip idles. Beside it stand the power limit (as the plain roofline) and a
 * constant fitted to other sites (as the calibrated one): a power model must beat both.
 */
final class Power {
  static final String METRIC = "power";

  private Power() {}

  static Measurement of(
      final MeasuredRow row,
      final SetUp setUp,
      final String site,
      final double watts,
      final double limitWatts,
      final Supplier<OperatorResult> operator) {
    return Measurement.of(
        row,
        new SetUp(
            setUp.chip(),
            setUp.stack(),
            setUp.device(),
            setUp.op(),
            setUp.format(),
            setUp.framework(),
            METRIC),
        site,
        watts,
        (constant, compute, memory) -> constant == 0 ? limitWatts : constant,
        () -> Prediction.ofMany(watts(operator.get())));
  }

  private static double watts(final OperatorResult result) {
    final double busy = (result.latencyPicos() - result.launchPicos()) * 1e-12;
    final double idle = busy > 0 ? result.energy().idle() / busy : 0;
    final double launch = result.launchPicos() * 1e-12;
    return (result.energy().total() + idle * launch) / (busy + launch);
  }
}
