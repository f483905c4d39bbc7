package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Links between chips of one system.
 *
 * @param kind such as {@code NVLink4}
 * @param topology how chips are joined
 * @param links links a chip has
 * @param bandwidth bytes a second out of one chip, all links together (as much comes in)
 * @param efficiency share of it that payload gets, 0 to 1
 * @param latency seconds for a message's first byte, chip to chip
 * @param reach chips in one domain
 * @param reduces whether the switches add and copy what they forward; absent: no
 * @param islands groups of chips that are joined worse with each other than among themselves;
 *     absent: none
 */
public record ScaleUp(
    String kind,
    Topology topology,
    @Range(min = 1) int links,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
    @Range(min = 0, max = 1, exclusive = true) double efficiency,
    @Measure(Dimension.SECONDS) double latency,
    @Range(min = 2) int reach,
    Optional<Boolean> reduces,
    Optional<Islands> islands) {
  /** Checks that only switches reduce and join islands. */
  public ScaleUp {
    if (topology != Topology.SWITCH && (reduces.orElse(false) || islands.isPresent())) {
      throw new IllegalArgumentException("only a switch has reduces or islands");
    }
  }

  /** Whether the switches add and copy what they forward. */
  public boolean reducing() {
    return reduces.orElse(false);
  }

  /**
   * Chips behind one switch each; switches are joined by narrower links, such as host bridges.
   * Chips are numbered island by island.
   *
   * @param size chips of an island
   * @param bandwidth bytes a second out of an island to all others (as much comes in)
   * @param latency seconds added on the way from one island to another
   */
  public record Islands(
      @Range(min = 1) int size,
      @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
      @Measure(Dimension.SECONDS) double latency) {}

  /** How chips are joined. */
  public enum Topology {
    /** Every chip at full rate to every other, through switches. */
    SWITCH,
    /** Every chip has a direct link to every other; the rate is divided over them. */
    FULL_MESH,
    /** Each chip to two neighbours. */
    RING,
    /** Each chip to four neighbours, wrapped round. */
    TORUS_2D,
    /** Each chip to six neighbours, wrapped round. */
    TORUS_3D
  }
}
