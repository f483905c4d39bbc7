package org.inferchip.explore.uncertainty;

import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TriangularDistribution;
import org.inferchip.arch.Source;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/**
 * An uncertain number of one system.
 *
 * <p>Its value at a probability u is the inverse of the distribution function. Log-normal: of a
 * normal distribution of ln(x / stated) with deviation ln(high / stated) / 1.645 above and
 * ln(stated / low) / 1.645 below, so that the stated value is the median and 5 % lie beyond either
 * end. Triangular and uniform ones end at the ends. What the description does not allow is cut off.
 *
 * @param id of the draw: variables of one id, in whichever systems, move together
 * @param path of keys in the system
 * @param what its source
 * @param mark of the source
 * @param stated value, in the base unit
 * @param low end of the range
 * @param high end of the range
 * @param distribution within it
 * @param least value that may stand there
 * @param most value that may stand there
 * @param dimension of it; empty for a plain number
 */
record Variable(
    String id,
    String path,
    String what,
    Source.Mark mark,
    double stated,
    double low,
    double high,
    Source.Distribution distribution,
    double least,
    double most,
    Optional<Dimension> dimension) {
  /** The quantile of a normal distribution that 5 % lie beyond. */
  static final double Z95 = 1.6448536269514722;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** The value that a share u of all draws lies below, 0 &lt; u &lt; 1. */
  double at(final double u) {
    return Math.min(most, Math.max(least, unlimited(u)));
  }

  private double unlimited(final double u) {
    return switch (distribution) {
      case UNIFORM -> low + u * (high - low);
      case TRIANGULAR ->
          low == high
              ? stated
              : new TriangularDistribution(null, low, stated, high).inverseCumulativeProbability(u);
      case LOG_NORMAL -> {
        final double z = NORMAL.inverseCumulativeProbability(u);
        final double end = z < 0 ? low : high;
        yield stated * StrictMath.exp(Math.abs(z) / Z95 * StrictMath.log(end / stated));
      }
    };
  }

  /** Its path of keys, or what of the simulation it is the error of; for people. */
  String label() {
    return path.startsWith(ModelError.SIMULATED)
        ? "model error of " + path.substring(ModelError.SIMULATED.length()).replace('_', ' ')
        : path;
  }

  /** A value of it, for people. */
  String shown(final double of) {
    return dimension
        .map(d -> new Quantity(of, d).rounded(3))
        .orElseGet(() -> Double.toString(Math.rint(of * 1e4) / 1e4));
  }
}
