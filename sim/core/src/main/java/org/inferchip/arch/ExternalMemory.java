package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

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
 * @param timing of the devices, for the self-test of access patterns; absent: unknown
 * @param tier a larger memory of the chip behind this one; absent: none
 */
public record ExternalMemory(
    String kind,
    @Range(min = 1) int stacks,
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double capacity,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
    @Range(min = 0, max = 1, exclusive = true) double efficiency,
    @Range(min = 1) int channels,
    @Measure(Dimension.SECONDS) double latency,
    Optional<DramTiming> timing,
    Optional<CapacityTier> tier) {

  /** A memory whose devices are not described. */
  public ExternalMemory(
      final String kind,
      final int stacks,
      final double capacity,
      final double bandwidth,
      final double efficiency,
      final int channels,
      final double latency) {
    this(
        kind,
        stacks,
        capacity,
        bandwidth,
        efficiency,
        channels,
        latency,
        Optional.empty(),
        Optional.empty());
  }
}
