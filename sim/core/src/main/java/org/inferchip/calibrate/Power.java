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
   * What is repeated.
   *
   * @param energy of the program of a run
   * @param programPicos in which it was spent
   * @param picos of a run, from start to start
   * @param idlePicos of these in which no core has work, or part of the cores for longer; in the
   *     rest they have as in the program
   */
  record Load(EnergyBreakdown energy, long programPicos, long picos, long idlePicos) {
    /** One operator, which idles in its launch. */
    static Load of(final OperatorResult result) {
      return new Load(
          result.energy(),
          result.latencyPicos() - result.launchPicos(),
          result.latencyPicos(),
          result.launchPicos());
    }

    /** The same with a share of the cores that rest where others do not. */
    Load resting(final double share) {
      final long rest = idlePicos + Math.round(share * (picos - idlePicos));
      return new Load(energy, programPicos, picos, rest);
    }

    /** With what another operator draws beyond the floors, done within the same time. */
    Load beside(final EnergyBreakdown other) {
      return new Load(
          energy.plus(other).plus(floors(other, -1, -1)), programPicos, picos, idlePicos);
    }

    /** Energy of a whole run. */
    EnergyBreakdown whole() {
      final double program = Math.max(1, programPicos);
      return energy.plus(
          floors(
              energy,
              (picos - programPicos) / program,
              (picos - programPicos - idlePicos) / program));
    }

    private static EnergyBreakdown floors(
        final EnergyBreakdown of, final double idle, final double busy) {
      return new EnergyBreakdown(idle * of.idle(), busy * of.busyFloor(), 0, 0, 0, 0, 0, 0, 0, 0);
    }
  }

  /**
   * A measurement.
   *
   * @param watts measured
   * @param micros measured time of a run
   * @param repeated gives what was simulated
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
      final Supplier<Load> repeated) {
    return Measurement.of(
        row,
        setUp.of(rail.metric),
        site,
        watts,
        new WattsLaw(operator.multiplyAccumulates() * 2e-6 / micros, target.chip().power().most()),
        () -> Prediction.ofMany(watts(repeated.get(), rail, EnergyModel.of(target.chip()))));
  }

  private static double watts(final Load load, final Rail rail, final EnergyModel model) {
    final EnergyBreakdown energy = load.whole();
    final double devices = model.deviceJoules(energy).orElse(0.0);
    final double joules =
        switch (rail) {
          case BOARD -> energy.total();
          case CHIP -> energy.total() - devices;
          case MEMORY -> devices;
        };
    return joules / (load.picos() * 1e-12);
  }
}
