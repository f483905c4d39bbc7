package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * What a chip costs.
 *
 * @param memoryPrice dollars a gigabyte of its memory
 * @param packaging dollars for interposer, substrate, bonding
 * @param test dollars for test and assembly
 * @param price dollars that a buyer pays; absent: manufacturing cost over (1 - margin)
 * @param margin gross margin of the maker, 0 to 1, used where no price stands
 * @param rental dollars an hour in a cloud; absent if none is offered
 */
public record Cost(
    @Measure(Dimension.DOLLARS_PER_GIGABYTE) double memoryPrice,
    @Measure(Dimension.DOLLARS) double packaging,
    @Measure(Dimension.DOLLARS) double test,
    @Measure(Dimension.DOLLARS) Optional<Double> price,
    @Range(min = 0, max = 0.99) Optional<Double> margin,
    @Measure(Dimension.DOLLARS_PER_HOUR) Optional<Double> rental) {}
