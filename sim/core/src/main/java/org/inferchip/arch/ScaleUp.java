package org.inferchip.arch;

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
 */
public record ScaleUp(
    String kind,
    Topology topology,
    @Range(min = 1) int links,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
    @Range(min = 0, max = 1, exclusive = true) double efficiency,
    @Measure(Dimension.SECONDS) double latency,
    @Range(min = 2) int reach) {

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
