package org.inferchip.explore.sweep;

import java.util.Optional;
import org.inferchip.units.BadQuantityException;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/**
 * A number with its unit, if it has one.
 *
 * @param value in the base unit
 * @param dimension empty for a plain number
 * @param whole whether it was written as a whole number without a unit
 */
record Amount(double value, Optional<Dimension> dimension, boolean whole) {

  /** The amount that a text spells, of whatever dimension; empty where it is none. */
  static Optional<Amount> of(final String text) {
    final String trimmed = text.trim();
    if (trimmed.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
      final double value = Double.parseDouble(trimmed);
      return Optional.of(new Amount(value, Optional.empty(), trimmed.matches("[-+]?\\d+")));
    }
    for (final Dimension dimension : Dimension.values()) {
      try {
        final double value = Quantity.parse(trimmed, dimension).value();
        return Optional.of(new Amount(value, Optional.of(dimension), false));
      } catch (final BadQuantityException otherDimension) {
        continue;
      }
    }
    return Optional.empty();
  }

  /** An amount of the same kind; whole numbers are rounded. */
  Amount at(final double other) {
    return new Amount(whole ? Math.rint(other) : other, dimension, whole);
  }

  /** As a description spells it, so that it reads back as the same number. */
  String text() {
    if (whole) {
      return Long.toString((long) value);
    }
    return dimension.map(unit -> value + " " + unit.baseUnit()).orElse(Double.toString(value));
  }

  /** For people. */
  String shown() {
    return dimension.map(unit -> new Quantity(value, unit).rounded(6)).orElse(text());
  }
}
