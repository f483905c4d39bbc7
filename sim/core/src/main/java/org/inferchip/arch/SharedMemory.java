package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * On-chip memory that all cores of a chip reach.
 *
 * @param capacity bytes
 * @param managed by hardware (a cache) or by the program
 * @param bandwidth bytes a second, all cores together
 * @param latency seconds from request to first byte
 * @param usable share of the capacity that holds useful data (duplication over partitions,
 *     conflicts), 0 to 1
 * @param partitions halves or more of a cache, each of which keeps its own copy of what its cores
 *     read; absent: 1
 * @param refetched share of the bytes that a core finds fetched by another, while both walk the
 *     same operand, which the memory serves again: cores drift apart and lines are lost meanwhile;
 *     absent: none
 * @param banks equal parts, of which an access opens one; for derived energies; absent: of 512 KiB
 *     at most
 */
public record SharedMemory(
    @Measure(Dimension.BYTES) @Range(min = 0, exclusive = true) double capacity,
    Managed managed,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
    @Measure(Dimension.SECONDS) double latency,
    @Range(min = 0, max = 1, exclusive = true) double usable,
    @Range(min = 1) Optional<Integer> partitions,
    @Range(min = 0, max = 1) Optional<Double> refetched,
    @Range(min = 1) Optional<Integer> banks) {

  /** Whose cores never drift apart. */
  public SharedMemory(
      final double capacity,
      final Managed managed,
      final double bandwidth,
      final double latency,
      final double usable,
      final Optional<Integer> partitions) {
    this(
        capacity,
        managed,
        bandwidth,
        latency,
        usable,
        partitions,
        Optional.empty(),
        Optional.empty());
  }

  /** Who decides what the memory holds. */
  public enum Managed {
    /** A cache. */
    HARDWARE,
    /** The program puts data there. */
    SOFTWARE
  }

  /** Bytes that every core finds at hand: what a partition holds. */
  public double held() {
    return capacity / partitions.orElse(1);
  }
}
