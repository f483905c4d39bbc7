package org.inferchip.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Grid;
import org.inferchip.arch.ScaleUp;

/**
 * Scale-up links between the devices of a program: which pipes a transfer passes and how long its
 * first byte takes.
 *
 * <ul>
 *   <li>{@code SWITCH}: an egress pipe of the sender and an ingress pipe of the receiver, each at
 *       the chip's whole rate; one latency. Between islands also an egress pipe of the sender's
 *       island and an ingress pipe of the receiver's, at the islands' rate (times efficiency), and
 *       their latency. In a fat tree, between leaves also a pipe up from the sender's leaf and one
 *       down to the receiver's, at the rate of all its islands over the oversubscription.
 *   <li>{@code FULL_MESH}: one pipe for each ordered pair, at rate / (reach - 1); one latency.
 *   <li>Lines, rings, meshes and tori: the way in the {@link Grid}; a pipe for each device,
 *       dimension and direction at rate / (2 x dimensions); one latency a hop.
 * </ul>
 *
 * <p>The rate is bandwidth x efficiency. Transfers cut through: they are served by all pipes of the
 * way at once, each first in, first out.
 */
final class Links implements Routes {
  private final ScaleUp link;
  private final Pipes pipes;
  private final int devices;
  private final Grid grid;
  private final Map<Long, Integer> pipeOf = new HashMap<>();
  private final int[][] routes;
  private final int[] hops;
  private final boolean turned;

  /** Links of some devices; their pipes are added when first used. */
  Links(final Chip chip, final int devices, final Pipes pipes) {
    this(chip, devices, pipes, false);
  }

  /**
   * Links of some devices.
   *
   * @param turned whether one device stands for all, so that what comes to any of them comes to it:
   *     only ways from it are asked for, of links that {@link #turn}
   */
  Links(final Chip chip, final int devices, final Pipes pipes, final boolean turned) {
    this.turned = turned;
    this.devices = devices;
    this.pipes = pipes;
    link = chip.scaleUp().orElse(null);
    if (devices > 1 && link == null) {
      throw new IllegalArgumentException(chip.name() + " has no scale-up links");
    }
    if (devices > 1 && devices > link.reach()) {
      throw new IllegalArgumentException(
          devices + " devices, but " + link.kind() + " reaches " + link.reach());
    }
    grid = devices > 1 ? link.grid() : null;
    routes = new int[devices * devices][];
    hops = new int[devices * devices];
  }

  /** Whether the links between some devices are the same seen from every one of them. */
  static boolean turn(final Chip chip, final int devices) {
    return chip.scaleUp()
        .map(
            link ->
                link.topology() == ScaleUp.Topology.FULL_MESH
                    || link.topology() == ScaleUp.Topology.SWITCH
                        && devices <= link.islands().map(ScaleUp.Islands::size).orElse(devices))
        .orElse(false);
  }

  @Override
  public int[] route(final int from, final int to) {
    final int index = from * devices + to;
    if (routes[index] == null) {
      routes[index] = from == to ? new int[0] : build(from, to);
    }
    return routes[index];
  }

  @Override
  public long latencyPicos(final int from, final int to) {
    if (from == to) {
      return 0;
    }
    long apart = apart(from, to) ? Clock.ofSeconds(link.islands().get().latency()) : 0;
    if (overSpine(from, to)) {
      apart += Clock.ofSeconds(link.islands().get().tree().get().latency());
    }
    return hops[from * devices + to] * Clock.ofSeconds(link.latency()) + apart;
  }

  private boolean apart(final int from, final int to) {
    return link.islands().isPresent() && island(from) != island(to);
  }

  private boolean overSpine(final int from, final int to) {
    return link.islands().flatMap(ScaleUp.Islands::tree).isPresent() && leaf(from) != leaf(to);
  }

  private int leaf(final int device) {
    return island(device) / link.islands().get().tree().get().leaf();
  }

  private int island(final int device) {
    return device / link.islands().get().size();
  }

  private int[] build(final int from, final int to) {
    hops[from * devices + to] = 1;
    return switch (link.topology()) {
      case SWITCH ->
          overSpine(from, to)
              ? new int[] {
                pipe(from, 0, 1),
                bridge(from, 2),
                spine(from, 4),
                spine(to, 5),
                bridge(to, 3),
                pipe(to, 1, 1)
              }
              : apart(from, to)
                  ? new int[] {pipe(from, 0, 1), bridge(from, 2), bridge(to, 3), pipe(to, 1, 1)}
                  : new int[] {pipe(from, 0, 1), pipe(turned ? from : to, 1, 1)};
      case FULL_MESH -> new int[] {pipe(from, 2 + to, link.reach() - 1)};
      case LINE, RING, MESH_2D, MESH_3D, TORUS_2D, TORUS_3D -> walk(from, to);
    };
  }

  private int[] walk(final int from, final int to) {
    final List<Integer> way = new ArrayList<>();
    final int[] at = new int[grid.dimensions()];
    for (int dimension = 0; dimension < at.length; dimension++) {
      at[dimension] = grid.coordinate(from, dimension);
    }
    for (int dimension = 0; dimension < at.length; dimension++) {
      final int side = grid.side(dimension);
      final int steps = grid.steps(at[dimension], grid.coordinate(to, dimension), dimension);
      for (int step = 0; step < Math.abs(steps); step++) {
        way.add(pipe(grid.number(at), 2 * dimension + (steps > 0 ? 0 : 1), 2 * at.length));
        at[dimension] = Math.floorMod(at[dimension] + Integer.signum(steps), side);
      }
    }
    hops[from * devices + to] = way.size();
    return way.stream().mapToInt(Integer::intValue).toArray();
  }

  private int pipe(final int device, final int port, final int share) {
    return pipeOf.computeIfAbsent((long) device << 32 | port, key -> pipes.add(rate() / share));
  }

  private int bridge(final int device, final int port) {
    return pipeOf.computeIfAbsent(
        (long) island(device) << 32 | port,
        key -> pipes.add(link.islands().get().bandwidth() * link.efficiency()));
  }

  private int spine(final int device, final int port) {
    return pipeOf.computeIfAbsent((long) leaf(device) << 32 | port, key -> pipes.add(spineRate()));
  }

  private double spineRate() {
    final ScaleUp.Islands islands = link.islands().get();
    final ScaleUp.FatTree tree = islands.tree().get();
    return tree.leaf() * islands.bandwidth() * link.efficiency() / tree.oversubscription();
  }

  private double rate() {
    return link.bandwidth() * link.efficiency();
  }

  /** Time that one transfer takes on all pipes of the longest way, one after the other. */
  long serialPicos(final long bytes) {
    if (devices == 1) {
      return 0;
    }
    int longest = 2;
    int share = link.topology() == ScaleUp.Topology.FULL_MESH ? link.reach() - 1 : 1;
    for (int dimension = 0; dimension < grid.dimensions(); dimension++) {
      longest += grid.side(dimension);
      share = 2 * grid.dimensions();
    }
    long picos = longest * (Pipes.alone(rate() / share, bytes) + Clock.ofSeconds(link.latency()));
    if (link.islands().isPresent()) {
      final ScaleUp.Islands islands = link.islands().get();
      picos +=
          2 * Pipes.alone(islands.bandwidth() * link.efficiency(), bytes)
              + Clock.ofSeconds(islands.latency());
      if (islands.tree().isPresent()) {
        picos +=
            2 * Pipes.alone(spineRate(), bytes) + Clock.ofSeconds(islands.tree().get().latency());
      }
    }
    return picos;
  }
}
