package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;

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
    @Measure(Dimension.NANOMETRES) double node,
    @Measure(Dimension.DOLLARS) double waferPrice,
    @Measure(Dimension.DEFECTS_PER_SQUARE_CENTIMETRE) double defectDensity) {}
