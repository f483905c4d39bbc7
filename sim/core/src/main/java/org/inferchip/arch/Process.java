package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A manufacturing process.
 *
 * @param name such as {@code TSMC 4N}
 * @param node marketing node in nanometres
 * @param waferPrice dollars for one processed 300 mm wafer
 * @param defectDensity killer defects a square centimetre (negative-binomial yield)
 */
public record Process(
    String name,
    @Measure(Dimension.NANOMETRES) @Range(min = 0, exclusive = true) double node,
    @Measure(Dimension.DOLLARS) @Range(min = 0, exclusive = true) double waferPrice,
    @Measure(Dimension.DEFECTS_PER_SQUARE_CENTIMETRE) double defectDensity) {}
