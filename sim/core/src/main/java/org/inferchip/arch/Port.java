package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A core's way to the level above it.
 *
 * @param read bytes a cycle into the core
 * @param write bytes a cycle out of the core
 * @param latency one way, seconds
 */
public record Port(
    @Measure(Dimension.BYTES_PER_CYCLE) @Range(min = 0, exclusive = true) double read,
    @Measure(Dimension.BYTES_PER_CYCLE) @Range(min = 0, exclusive = true) double write,
    @Measure(Dimension.SECONDS) double latency) {}
