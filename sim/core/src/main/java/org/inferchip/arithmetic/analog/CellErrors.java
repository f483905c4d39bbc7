package org.inferchip.arithmetic.analog;

import java.util.List;
import org.inferchip.arch.AnalogCell;
import org.inferchip.arch.CellDrift;
import org.inferchip.arch.CellNoise;

/**
 * Deviations of conductances by the laws of {@link CellNoise} and {@link CellDrift}. Conductances
 * are in units of the largest.
 */
public final class CellErrors {
  /** Deviation of a uniform number from -1/2 to 1/2. */
  private static final double UNIFORM = StrictMath.sqrt(1.0 / 12);

  private CellErrors() {}

  /** What the random number of a law is multiplied with. */
  public static double scale(final CellNoise noise, final AnalogCell cell, final double g) {
    return switch (noise.law()) {
      case INDEPENDENT -> noise.magnitude();
      case PROPORTIONAL -> noise.magnitude() * g;
      case INVERSE -> g > 0 ? noise.magnitude() / g : 0;
      case POLYNOMIAL -> {
        final double most = cell.mostMicrosiemens();
        final double sum = polynomial(noise.microsiemens().orElseThrow(), g * most);
        yield noise.magnitude() * Math.max(0, sum) / most;
      }
      case SATURATING ->
          noise.magnitude() * (1 - StrictMath.exp(-Math.max(0, g) / noise.scale().orElseThrow()));
      case FLICKER -> g * flicker(noise, g);
    };
  }

  /** Standard deviation of the error of a cell. */
  public static double deviation(final CellNoise noise, final AnalogCell cell, final double g) {
    final boolean uniform = noise.distribution() == CellNoise.Distribution.UNIFORM;
    return scale(noise, cell, g) * (uniform ? UNIFORM : 1);
  }

  /** Deviation of a read over the conductance: 1/f noise from the read's own time to its age. */
  static double flicker(final CellNoise noise, final double g) {
    final double factor =
        Math.min(
            noise.magnitude() / StrictMath.pow(g, noise.power().orElseThrow()),
            noise.most().orElseThrow());
    final double time = noise.duration().orElseThrow();
    final double age = noise.age().orElseThrow();
    return factor * StrictMath.sqrt(StrictMath.log((age + time) / (2 * time)));
  }

  /** Share of the conductance that is left, of a cell whose nu is so many deviations off. */
  public static double drifted(final CellDrift drift, final double g, final double deviations) {
    final double nu = drift.mean().at(g) + deviations * drift.deviation().at(g);
    return StrictMath.pow((drift.age() + drift.reference()) / drift.reference(), -nu);
  }

  private static double polynomial(final List<Double> coefficients, final double x) {
    double sum = 0;
    for (int i = coefficients.size() - 1; i >= 0; i--) {
      sum = sum * x + coefficients.get(i);
    }
    return sum;
  }
}
