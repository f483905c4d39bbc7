package org.inferchip.arch;

import java.util.Optional;
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
 * @param banks equal parts, of which an access opens one; for derived energies; absent: of 512 KiB
 *     at most
 */
public record LocalMemory(
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double capacity,
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double accumulatorCapacity,
    @Measure(Dimension.BYTES_PER_CYCLE) @Range(min = 0, exclusive = true) double bandwidth,
    int latencyCycles,
    @Range(min = 1) Optional<Integer> banks) {

  /** Whose banks are not described. */
  public LocalMemory(
      final double capacity,
      final double accumulatorCapacity,
      final double bandwidth,
      final int latencyCycles) {
    this(capacity, accumulatorCapacity, bandwidth, latencyCycles, Optional.empty());
  }
}
