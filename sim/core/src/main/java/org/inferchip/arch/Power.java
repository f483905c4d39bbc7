package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Power limits and floors of a chip with its memory.
 *
 * @param tdp the stated limit, watts
 * @param idle clocks gated, nothing resident, leakage included, watts
 * @param busyFloor added while work is resident on all cores, before any operation is counted,
 *     watts (clock tree, instruction supply); scaled by the share of cores in use
 */
public record Power(
    @Measure(Dimension.WATTS) @Range(min = 0, exclusive = true) double tdp,
    @Measure(Dimension.WATTS) double idle,
    @Measure(Dimension.WATTS) double busyFloor) {}
