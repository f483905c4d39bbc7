package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Memory of the hosts of a system, which its chips reach over their host links and share evenly.
 *
 * @param kind such as {@code DDR5}
 * @param capacity bytes of all hosts together that may be pinned for the chips
 * @param bandwidth bytes a second of all hosts together
 */
public record HostMemory(
    String kind,
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double capacity,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth) {}
