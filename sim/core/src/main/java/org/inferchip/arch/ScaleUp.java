package org.inferchip.arch;

import java.util.List;
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
 * @param sides chips along each dimension of a mesh or torus, whose product is the reach; absent:
 *     its factors nearest to each other, the largest last
 * @param ties which of two ways round of one length is taken; absent: alternate
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
    Optional<Islands> islands,
    @Range(min = 1) Optional<List<Integer>> sides,
    Optional<Ties> ties) {
  /** Checks that only switches reduce and join islands, and that sides make up the reach. */
  public ScaleUp {
    sides.ifPresent(
        all -> {
          final int product = all.stream().reduce(1, Math::multiplyExact);
          if (all.size() != topology.dimensions() || product != reach) {
            throw new IllegalArgumentException(
                "sides "
                    + all
                    + " are not the "
                    + topology.dimensions()
                    + " of a grid of "
                    + reach
                    + " chips");
          }
        });
    if (topology != Topology.SWITCH && (reduces.orElse(false) || islands.isPresent())) {
      throw new IllegalArgumentException("only a switch has reduces or islands");
    }
  }

  /** Links without islands or sides of their own. */
  public ScaleUp(
      final String kind,
      final Topology topology,
      final int links,
      final double bandwidth,
      final double efficiency,
      final double latency,
      final int reach) {
    this(
        kind,
        topology,
        links,
        bandwidth,
        efficiency,
        latency,
        reach,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether the switches add and copy what they forward. */
  public boolean reducing() {
    return reduces.orElse(false);
  }

  /** Whether the switches of one island add and copy for so many chips. */
  public boolean reducing(final int devices) {
    return reducing() && devices <= islands.map(Islands::size).orElse(devices);
  }

  /** Places of the chips; of no dimension where every chip is one hop from every other. */
  public Grid grid() {
    final int[] all =
        sides
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .orElseGet(() -> Grid.factors(reach, topology.dimensions()));
    return new Grid(all, topology.wraps(), ties.equals(Optional.of(Ties.UP)));
  }

  /**
   * Some chips joined as another grid with the links to neighbours that they have; where all are
   * one hop from each other, the same links.
   */
  public ScaleUp joined(final Topology shape, final int devices) {
    if (topology.dimensions() == 0) {
      return this;
    }
    final double share = (double) shape.dimensions() / topology.dimensions();
    return new ScaleUp(
        kind,
        shape,
        2 * shape.dimensions(),
        bandwidth * share,
        efficiency,
        latency,
        devices,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ties);
  }

  /** The same links, of whose two ways round of one length both are used. */
  public ScaleUp alternating() {
    return new ScaleUp(
        kind,
        topology,
        links,
        bandwidth,
        efficiency,
        latency,
        reach,
        reduces,
        islands,
        sides,
        Optional.empty());
  }

  /** Whether a group of chips, numbered from the first, is closed: the last is one hop from it. */
  public boolean closes(final int devices) {
    return topology.dimensions() == 0 || grid().hops(devices - 1, 0) == 1;
  }

  /**
   * Chips behind one switch each; switches are joined by narrower links, such as host bridges.
   * Chips are numbered island by island.
   *
   * @param size chips of an island
   * @param bandwidth bytes a second out of an island to all others (as much comes in)
   * @param latency seconds added on the way from one island to another
   * @param tree leaves and spine of the network between islands; absent: one switch that all reach
   *     at full rate
   */
  public record Islands(
      @Range(min = 1) int size,
      @Measure(Dimension.BYTES_PER_SECOND) @Range(min = 0, exclusive = true) double bandwidth,
      @Measure(Dimension.SECONDS) double latency,
      Optional<FatTree> tree) {
    /** Behind one switch. */
    public Islands(final int size, final double bandwidth, final double latency) {
      this(size, bandwidth, latency, Optional.empty());
    }

    /**
     * Whether they are boxes with a network between them; others, such as pairs of cards below a
     * switch, differ from the rest by bandwidth alone.
     */
    public boolean boxes() {
      return latency > 0;
    }
  }

  /**
   * A network of two levels between islands: those of one leaf switch reach each other at full
   * rate, and share what goes up from it to the spine.
   *
   * @param leaf islands of a leaf
   * @param oversubscription rate of all islands of a leaf over that of its way up
   * @param latency seconds added on the way from one leaf to another
   */
  public record FatTree(
      @Range(min = 1) int leaf,
      @Range(min = 1) double oversubscription,
      @Measure(Dimension.SECONDS) double latency) {}

  /** Which of two ways round of one length is taken. */
  public enum Ties {
    /** Up from even places, down from odd ones: links are loaded equally. */
    ALTERNATE,
    /** Always up. */
    UP
  }

  /** How chips are joined. */
  public enum Topology {
    /** Every chip at full rate to every other, through switches. */
    SWITCH(0, false),
    /** Every chip has a direct link to every other; the rate is divided over them. */
    FULL_MESH(0, false),
    /** Each chip to two neighbours, the first and the last to one. */
    LINE(1, false),
    /** Each chip to two neighbours. */
    RING(1, true),
    /** Each chip to four neighbours, to fewer at the border. */
    MESH_2D(2, false),
    /** Each chip to six neighbours, to fewer at the border. */
    MESH_3D(3, false),
    /** Each chip to four neighbours, wrapped round. */
    TORUS_2D(2, true),
    /** Each chip to six neighbours, wrapped round. */
    TORUS_3D(3, true);

    private final int dimensions;
    private final boolean wraps;

    Topology(final int dimensions, final boolean wraps) {
      this.dimensions = dimensions;
      this.wraps = wraps;
    }

    /** Dimensions of the grid of chips; none where all are one hop from each other. */
    public int dimensions() {
      return dimensions;
    }

    /** Whether the grid is closed along each dimension. */
    public boolean wraps() {
      return wraps;
    }
  }
}
