package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Memory inside a core.
 *
 * @param capacity bytes for operand tiles (shared memory, VMEM, scratchpad)
 * @param accumulatorCapacity bytes for accumulators (registers, PSUM); the same bytes are not
 *     counted in {@code capacity}
 * @param bandwidth bytes a cycle between it and the units
 * @param latencyCycles access latency
 */
public record LocalMemory(
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double capacity,
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double accumulatorCapacity,
    @Measure(Dimension.BYTES_PER_CYCLE) @Range(min = 0, exclusive = true) double bandwidth,
    int latencyCycles) {}
