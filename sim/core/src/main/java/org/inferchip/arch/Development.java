package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * What it takes once to make the first package of a chip; the dollars for the silicon stand in its
 * {@link Process}.
 *
 * @param tapeouts sets of masks until it works, the first included
 * @param software dollars for software beyond what the process's design cost holds
 * @param years from the first dollar to the first package sold
 * @param discount interest a year on what is spent until then, 0.1 for a tenth
 * @param volume packages that share it; absent: the price does not contain it
 */
public record Development(
    @Range(min = 1) int tapeouts,
    @Measure(Dimension.DOLLARS) double software,
    @Measure(Dimension.YEARS) double years,
    @Range(min = 0, max = 2) double discount,
    @Range(min = 1) Optional<Double> volume) {}
