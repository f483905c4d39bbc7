package org.inferchip.arch.yaml;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A number of a description.
 *
 * @param place where it stands
 * @param value in the base unit; empty for a list, which counts as one number
 * @param dimension of it; empty for a plain number
 * @param whole whether it is a count
 * @param least that may stand there
 * @param most that may stand there
 */
public record Numeral(
    Place place,
    Optional<Double> value,
    Optional<Dimension> dimension,
    boolean whole,
    double least,
    double most) {

  static Numeral of(
      final Place place, final Number value, final Measure measure, final Range range) {
    return new Numeral(
        place,
        Optional.of(value.doubleValue()),
        Optional.ofNullable(measure).map(Measure::value),
        value instanceof Integer || value instanceof Long,
        range == null ? 0 : range.min(),
        range == null ? Double.MAX_VALUE : range.max());
  }

  static Numeral list(final Place place) {
    return new Numeral(place, Optional.empty(), Optional.empty(), false, 0, 0);
  }
}
