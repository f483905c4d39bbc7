package org.inferchip.arch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A network on a die that joins cores and controllers of the external memory on a grid of routers.
 * What a core reads goes from the controller along its row to the core's column, then along that
 * column; every link serves what passes it in turn.
 *
 * <p>Cores are numbered row by row over the crossings of {@code core_columns} and {@code
 * core_rows}.
 *
 * @param topology line, ring, 2D mesh or 2D torus
 * @param columns of the grid
 * @param rows of the grid; 1 for a line or ring
 * @param oneWay whether links of a ring or torus go up only (to the right and down); absent: both
 *     ways, and the shorter is taken
 * @param networks with two, what cores write has links of its own that go the other way; absent: 1
 * @param width bytes a cycle of a link, each way
 * @param clock of the network; absent: the chip's
 * @param hopCycles from router to router
 * @param entryCycles between a router and its core or controller
 * @param packet most bytes of one read
 * @param coreColumns columns with cores
 * @param coreRows rows with cores
 * @param memories where the controllers are; each has an equal share of the memory
 * @param homes where weights, keys and values live that one core alone reads; absent: {@code
 *     PLACED}. All else is spread over all memories
 * @param readers which memory a core's placed data is in; absent: {@code NEAR}, or spread over all
 *     where that loads the busiest link less
 */
public record OnChipNetwork(
    ScaleUp.Topology topology,
    @Range(min = 1) int columns,
    @Range(min = 1) int rows,
    Optional<Boolean> oneWay,
    @Range(min = 1, max = 2) Optional<Integer> networks,
    @Measure(Dimension.BYTES_PER_CYCLE) @Range(min = 0, exclusive = true) double width,
    @Measure(Dimension.HERTZ) @Range(min = 0, exclusive = true) Optional<Double> clock,
    int hopCycles,
    int entryCycles,
    @Measure(Dimension.BYTES) @Range(min = 1) double packet,
    @Range(min = 0) List<Integer> coreColumns,
    @Range(min = 0) List<Integer> coreRows,
    List<Site> memories,
    Optional<Homes> homes,
    Optional<Readers> readers) {

  /** A place in the grid, counted from 0. */
  public record Site(@Range(min = 0) int column, @Range(min = 0) int row) {}

  /** Where data lives that one core alone reads. */
  public enum Homes {
    /** In the memories that {@link Readers} say. */
    PLACED,
    /** Spread over all memories in small pieces. */
    INTERLEAVED
  }

  /** How cores and memories are matched; each memory serves as many bytes as any other. */
  public enum Readers {
    /** Fewest hops first. */
    NEAR,
    /** The first cores read the first memory, and so on, wherever they are. */
    IN_ORDER,
    /** Most hops first. */
    FAR
  }

  /** Checks that the grid can be and that nothing stands outside of it or on another's place. */
  public OnChipNetwork {
    final int dimensions = topology.dimensions();
    if (dimensions < 1 || dimensions > 2 || dimensions == 1 && rows != 1) {
      throw new IllegalArgumentException(
          "a network on a die is a line or ring of one row, a mesh-2d or a torus-2d");
    }
    if (oneWay.orElse(false) && !topology.wraps()) {
      throw new IllegalArgumentException("links that go one way need a ring or a torus");
    }
    final Set<Site> taken = new HashSet<>();
    for (final Site site : memories) {
      if (site.column >= columns || site.row >= rows || !taken.add(site)) {
        throw new IllegalArgumentException("no place for a memory at " + site);
      }
    }
    for (final int row : coreRows) {
      for (final int column : coreColumns) {
        if (column >= columns || row >= rows || !taken.add(new Site(column, row))) {
          throw new IllegalArgumentException("no place for a core at " + new Site(column, row));
        }
      }
    }
    if (memories.isEmpty() || coreRows.isEmpty() || coreColumns.isEmpty()) {
      throw new IllegalArgumentException("a network on a die joins cores and memories");
    }
  }

  /** Places for cores. */
  public int places() {
    return coreColumns.size() * coreRows.size();
  }

  /** The place of a core. */
  public Site core(final int number) {
    return new Site(
        coreColumns.get(number % coreColumns.size()), coreRows.get(number / coreColumns.size()));
  }

  /** Steps along a dimension (0: columns, 1: rows): up if positive, down if negative. */
  public int steps(final int from, final int to, final int dimension) {
    final int[] sides = {columns, rows};
    return oneWay.orElse(false)
        ? Math.floorMod(to - from, sides[dimension])
        : new Grid(sides, topology.wraps(), false).steps(from, to, dimension);
  }

  /** Hops from one place to another. */
  public int hops(final Site from, final Site to) {
    return Math.abs(steps(from.column, to.column, 0)) + Math.abs(steps(from.row, to.row, 1));
  }

  /** Bytes a second of one link, each way. */
  public double linkRate(final Chip chip) {
    return width * clock.orElse(chip.clock());
  }

  /** Seconds on the way of a read to a place and of its answer back, without any queue. */
  public double roundTrip(final Chip chip, final Site core, final Site memory) {
    final int hops = hops(core, memory) + hops(memory, core);
    return ((double) hops * hopCycles + 4.0 * entryCycles) / clock.orElse(chip.clock());
  }

  /** The same network with cores and memories matched in another way. */
  public OnChipNetwork with(final Homes otherHomes, final Readers otherReaders) {
    return new OnChipNetwork(
        topology,
        columns,
        rows,
        oneWay,
        networks,
        width,
        clock,
        hopCycles,
        entryCycles,
        packet,
        coreColumns,
        coreRows,
        memories,
        Optional.of(otherHomes),
        Optional.of(otherReaders));
  }
}
