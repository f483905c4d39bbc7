package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A larger and slower memory of a chip behind its external memory, such as DDR behind HBM. What
 * stands in it is copied into the external memory before it is used; copies there and back share
 * its bandwidth.
 *
 * @param kind such as {@code DDR5}
 * @param capacity bytes
 * @param bandwidth bytes a second, both ways together
 * @param latency seconds from request to first byte
 * @param energy of a bit, device and interface, J
 */
public record CapacityTier(
    String kind,
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double capacity,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
    @Measure(Dimension.SECONDS) double latency,
    @Measure(Dimension.JOULES_PER_BIT) double energy) {}
