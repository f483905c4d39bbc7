package org.inferchip.arithmetic;

import java.util.Optional;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.MacRule;

/**
 * How a matrix unit computes.
 *
 * @param sums order and rounding of sums
 * @param analog the arrays that products with weights of format {@code analog} run on
 * @param seed of the arrays' errors
 */
public record MatrixRule(MacRule sums, Optional<MatrixUnit.Analog> analog, long seed) {

  /** A digital unit. */
  public static MatrixRule of(final MacRule sums) {
    return new MatrixRule(sums, Optional.empty(), 0);
  }

  /** The rule of a unit. */
  public static MatrixRule of(final MatrixUnit unit, final long seed) {
    final Optional<MatrixUnit.Analog> analog =
        unit instanceof final MatrixUnit.Analog arrays ? Optional.of(arrays) : Optional.empty();
    return new MatrixRule(MacRules.of(unit), analog, seed);
  }
}
