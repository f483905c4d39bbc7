package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * What a chip costs.
 *
 * @param memoryPrice dollars a gigabyte of its memory
 * @param packaging dollars for interposer, substrate, bonding; absent: they follow from the carrier
 * @param carrier what carries the dies; absent: packaging is stated
 * @param test dollars for test and assembly
 * @param price dollars that a buyer pays; absent: manufacturing cost over (1 - margin), development
 *     over its volume included where one is stated
 * @param margin gross margin of the maker, 0 to 1, used where no price stands
 * @param rental dollars an hour in a cloud; absent if none is offered
 * @param development what it takes once; absent: not known, or long paid for
 */
public record Cost(
    @Measure(Dimension.DOLLARS_PER_GIGABYTE) double memoryPrice,
    @Measure(Dimension.DOLLARS) Optional<Double> packaging,
    Optional<Carrier> carrier,
    @Measure(Dimension.DOLLARS) double test,
    @Measure(Dimension.DOLLARS) Optional<Double> price,
    @Range(min = 0, max = 0.99) Optional<Double> margin,
    @Measure(Dimension.DOLLARS_PER_HOUR) Optional<Double> rental,
    Optional<Development> development) {
  /** Checks that packaging is either stated or follows. */
  public Cost {
    if (packaging.isEmpty() && carrier.isEmpty()) {
      throw new IllegalArgumentException("neither packaging nor carrier says what packaging costs");
    }
  }

  /** With stated packaging. */
  public Cost(
      final double memoryPrice,
      final double packaging,
      final double test,
      final Optional<Double> price,
      final Optional<Double> margin,
      final Optional<Double> rental) {
    this(
        memoryPrice,
        Optional.of(packaging),
        Optional.empty(),
        test,
        price,
        margin,
        rental,
        Optional.empty());
  }

  /** The same with another price of a gigabyte of memory. */
  public Cost withMemoryPrice(final double dollars) {
    return new Cost(dollars, packaging, carrier, test, price, margin, rental, development);
  }

  /** The same chip at another price and rent, where it has one. */
  public Cost scaled(final double ratio) {
    return new Cost(
        memoryPrice,
        packaging,
        carrier,
        test,
        price.map(dollars -> dollars * ratio),
        margin,
        rental.map(dollars -> dollars * ratio),
        development);
  }
}
