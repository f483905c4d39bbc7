package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;

/**
 * Off-chip memory.
 *
 * @param kind such as {@code HBM3}
 * @param stacks stacks or devices
 * @param capacity bytes, all together
 * @param bandwidth stated peak, bytes a second
 * @param efficiency share of the peak that long sequential streams sustain, 0 to 1
 * @param channels independent channels
 * @param latency seconds from request to first byte, unloaded
 */
public record ExternalMemory(
    String kind,
    int stacks,
    @Measure(Dimension.BYTES) double capacity,
    @Measure(Dimension.BYTES_PER_SECOND) double bandwidth,
    double efficiency,
    int channels,
    @Measure(Dimension.SECONDS) double latency) {}
