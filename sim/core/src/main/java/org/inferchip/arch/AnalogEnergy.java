package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;

/**
 * Energy of what analog arrays do, beside which an analog operation has none of its own.
 *
 * @param conversion one conversion of a column; absent: by the law of converters, from bits, rate
 *     and process node
 * @param drive one row driven for one read: converter of the input and the line
 * @param cell one cell read, of the mean conductance and input
 * @param digital shift, add and scale behind one conversion
 */
public record AnalogEnergy(
    @Measure(Dimension.JOULES) Optional<Double> conversion,
    @Measure(Dimension.JOULES) double drive,
    @Measure(Dimension.JOULES) double cell,
    @Measure(Dimension.JOULES) double digital) {}
