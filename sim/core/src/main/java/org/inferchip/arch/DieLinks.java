package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Links between the dies of a package. Cores are spread evenly over the dies of one name, the
 * external memory over the dies of one (the same or another); what a core reads from or writes to
 * the memory of another die goes over the links.
 *
 * @param kind such as {@code UCIe advanced}
 * @param topology how dies are joined: those with cores first, then those with memory
 * @param bandwidth bytes a second out of one die, all its links together (as much comes in)
 * @param efficiency share of it that payload gets, 0 to 1
 * @param latency seconds for a message's first byte, die to die
 * @param energy of a bit on a link
 * @param cores name of the dies with cores
 * @param memory name of the dies with memory controllers
 * @param homes where weights, keys and values live; activations are always spread over all
 */
public record DieLinks(
    String kind,
    ScaleUp.Topology topology,
    @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
    @Range(min = 0, max = 1, exclusive = true) double efficiency,
    @Measure(Dimension.SECONDS) double latency,
    @Measure(Dimension.JOULES_PER_BIT) double energy,
    String cores,
    String memory,
    Homes homes) {

  /** Where weights, keys and values live. */
  public enum Homes {
    /** Spread over the memories of all dies in small pieces. */
    INTERLEAVED,
    /**
     * In the memory of the die whose cores read them, where a program reads each of them from one
     * core only; spread elsewhere. Needs memory on the dies with cores.
     */
    LOCAL
  }

  /** Checks that local homes can be. */
  public DieLinks {
    if (homes == Homes.LOCAL && !cores.equals(memory)) {
      throw new IllegalArgumentException("local homes need memory on the dies with cores");
    }
  }

  /** The links as those of a group of dies. */
  public ScaleUp links(final int dies) {
    return new ScaleUp(
        kind,
        topology,
        Math.max(1, 2 * topology.dimensions()),
        bandwidth,
        efficiency,
        latency,
        Math.max(2, dies));
  }
}
