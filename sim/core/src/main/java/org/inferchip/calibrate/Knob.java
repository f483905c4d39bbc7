package org.inferchip.calibrate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.inferchip.arch.FreeParameter;
import org.inferchip.units.BadQuantityException;
import org.inferchip.units.Dimension;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Quantity;

/**
 * A free parameter on a logarithmic scale from 0 (its low end) to 1 (its high end).
 *
 * @param path of keys in the system
 * @param low low end, in the base unit
 * @param typical of the class
 * @param high high end
 * @param dimension empty for a plain number
 * @param clocked whether values go from device to device in cycles
 */
record Knob(
    String path,
    double low,
    double typical,
    double high,
    Optional<Dimension> dimension,
    boolean clocked) {
  private static final int DIGITS = 5;

  /**
   * A parameter as a stack declares it.
   *
   * @throws InvalidInputException if its range is none
   */
  static Knob of(final String stack, final String path, final FreeParameter free) {
    final Optional<Dimension> dimension = dimension(free.typical());
    final Knob knob;
    try {
      knob =
          new Knob(
              path,
              parse(free.low(), dimension),
              parse(free.typical(), dimension),
              parse(free.high(), dimension),
              dimension,
              free.clocked().orElse(false));
    } catch (final BadQuantityException | NumberFormatException e) {
      throw bad(stack, path, free);
    }
    if (!(0 < knob.low && knob.low <= knob.typical && knob.typical <= knob.high)
        || knob.low == knob.high) {
      throw bad(stack, path, free);
    }
    return knob;
  }

  private static InvalidInputException bad(
      final String stack, final String path, final FreeParameter free) {
    return new InvalidInputException(
        Problem.ofFile("stack " + stack, "free: " + path + " has no range")
            .but(
                free.low() + ", " + free.typical() + ", " + free.high(),
                "three numbers of one unit above 0 that do not fall, such as 1 us, 2 us, 9 us"));
  }

  private static Optional<Dimension> dimension(final String text) {
    for (final Dimension one : Dimension.values()) {
      try {
        Quantity.parse(text, one);
        return Optional.of(one);
      } catch (final BadQuantityException e) {
        // Of another dimension, or a plain number.
      }
    }
    return Optional.empty();
  }

  private static double parse(final String text, final Optional<Dimension> dimension) {
    return dimension.isPresent()
        ? Quantity.parse(text, dimension.get()).value()
        : Double.parseDouble(text);
  }

  /** A value that a description spells. */
  double value(final String text) {
    return parse(text, dimension);
  }

  /** The value at a place on the scale. */
  double at(final double place) {
    return low * StrictMath.pow(high / low, Math.min(1, Math.max(0, place)));
  }

  /** The place of a value on the scale. */
  double place(final double value) {
    return Math.min(1, Math.max(0, StrictMath.log(value / low) / StrictMath.log(high / low)));
  }

  /** A value as a description spells it, to five digits. */
  String text(final double value) {
    return dimension
        .map(one -> new Quantity(value, one).rounded(DIGITS))
        .orElseGet(
            () ->
                new BigDecimal(value)
                    .round(new MathContext(DIGITS))
                    .stripTrailingZeros()
                    .toPlainString());
  }
}
