package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Equal dies of a package.
 *
 * @param name such as {@code compute}
 * @param count how many
 * @param area of one, mm2
 * @param harvest share of dies with a defect that still sell with parts switched off, 0 to 1
 */
public record Die(
    String name,
    @Range(min = 1) int count,
    @Measure(Dimension.SQUARE_MILLIMETRES) @Range(min = 0, exclusive = true) double area,
    @Range(min = 0, max = 1) double harvest) {}
