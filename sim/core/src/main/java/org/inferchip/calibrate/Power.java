package org.inferchip.calibrate;

import java.util.function.Supplier;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergyModel;
import org.inferchip.operator.Operator;
import org.inferchip.simulation.OperatorResult;

/**
 * Watts of an operator that is repeated without a gap: joules over time; in the launch floor the
 * chip idles. Beside them stand, in the place of the rooflines, two laws fitted to the other half
 * of the sites: a constant, and P0 + e x operations a second ({@link WattsLaw}). A power model must
 * beat both.
 */
final class Power {
  private Power() {}

  /** Which meter. */
  enum Rail {
    /** Chip and memory together, as a board's meter reads. */
    BOARD("power"),
    /** Everything but the memory devices. */
    CHIP("power"),
    /** The memory devices. */
    MEMORY("memory_power");

    private final String metric;

    Rail(final String metric) {
      this.metric = metric;
    }
  }

  /**
   * A measurement.
   *
   * @param watts measured
   * @param micros measured time of a run
   * @param repeated gives the simulated operator
   */
  static Measurement of(
      final MeasuredRow row,
      final SetUp setUp,
      final String site,
      final Rail rail,
      final double watts,
      final double micros,
      final Target target,
      final Operator operator,
      final Supplier<OperatorResult> repeated) {
    return Measurement.of(
        row,
        setUp.of(rail.metric),
        site,
        watts,
        new WattsLaw(operator.multiplyAccumulates() * 2e-6 / micros, target.chip().power().most()),
        () -> Prediction.ofMany(watts(repeated.get(), rail, EnergyModel.of(target.chip()))));
  }

  private static double watts(
      final OperatorResult result, final Rail rail, final EnergyModel model) {
    final double busy = (result.latencyPicos() - result.launchPicos()) * 1e-12;
    final double launch = result.launchPicos() * 1e-12;
    final double idle = busy > 0 ? launch / busy : 0;
    final EnergyBreakdown energy =
        result.energy().plus(EnergyBreakdown.idle(idle * result.energy().idle()));
    final double devices = model.deviceJoules(energy).orElse(0.0);
    final double joules =
        switch (rail) {
          case BOARD -> energy.total();
          case CHIP -> energy.total() - devices;
          case MEMORY -> devices;
        };
    return joules / (busy + launch);
  }
}
