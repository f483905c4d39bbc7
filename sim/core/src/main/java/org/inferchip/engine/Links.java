package org.inferchip.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ScaleUp;

/**
 * Scale-up links between the devices of a program: which pipes a transfer passes and how long its
 * first byte takes.
 *
 * <ul>
 *   <li>{@code SWITCH}: an egress pipe of the sender and an ingress pipe of the receiver, each at
 *       the chip's whole rate; one latency. Between islands also an egress pipe of the sender's
 *       island and an ingress pipe of the receiver's, at the islands' rate (times efficiency), and
 *       their latency.
 *   <li>{@code FULL_MESH}: one pipe for each ordered pair, at rate / (reach - 1); one latency.
 *   <li>{@code RING}, {@code TORUS_2D}, {@code TORUS_3D}: dimension order, the shorter way round
 *       (up on ties); a pipe for each device, dimension and direction at rate / (2 x dimensions);
 *       one latency a hop. The sides of a torus are the factors of {@code reach} nearest to each
 *       other.
 * </ul>
 *
 * <p>The rate is bandwidth x efficiency. Transfers cut through: they are served by all pipes of the
 * way at once, each first in, first out. Devices are numbered along the first dimension first.
 */
final class Links {
  private final ScaleUp link;
  private final Pipes pipes;
  private final int devices;
  private final int[] sides;
  private final Map<Long, Integer> pipeOf = new HashMap<>();
  private final int[][] routes;
  private final int[] hops;

  /** Links of some devices; their pipes are added when first used. */
  Links(final Chip chip, final int devices, final Pipes pipes) {
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
    sides = devices > 1 ? sides(link) : new int[0];
    routes = new int[devices * devices][];
    hops = new int[devices * devices];
  }

  private static int[] sides(final ScaleUp link) {
    return switch (link.topology()) {
      case SWITCH, FULL_MESH -> new int[0];
      case RING -> new int[] {link.reach()};
      case TORUS_2D -> factors(link.reach(), 2);
      case TORUS_3D -> factors(link.reach(), 3);
    };
  }

  /** Factors of a number that are as near to each other as they can be, the largest last. */
  static int[] factors(final int product, final int count) {
    final int[] result = new int[count];
    int rest = product;
    for (int i = 0; i < count; i++) {
      int side = (int) Math.round(Math.pow(rest, 1.0 / (count - i)));
      while (side > 1 && rest % side != 0) {
        side--;
      }
      result[i] = side;
      rest /= side;
    }
    return result;
  }

  /** The pipes from one device to another; empty on the same device. */
  int[] route(final int from, final int to) {
    final int index = from * devices + to;
    if (routes[index] == null) {
      routes[index] = from == to ? new int[0] : build(from, to);
    }
    return routes[index];
  }

  /** Latency from one device to another; {@link #route} must have been asked before. */
  long latencyPicos(final int from, final int to) {
    if (from == to) {
      return 0;
    }
    final long apart = apart(from, to) ? Clock.ofSeconds(link.islands().get().latency()) : 0;
    return hops[from * devices + to] * Clock.ofSeconds(link.latency()) + apart;
  }

  private boolean apart(final int from, final int to) {
    return link.islands().isPresent() && island(from) != island(to);
  }

  private int island(final int device) {
    return device / link.islands().get().size();
  }

  private int[] build(final int from, final int to) {
    hops[from * devices + to] = 1;
    return switch (link.topology()) {
      case SWITCH ->
          apart(from, to)
              ? new int[] {pipe(from, 0, 1), bridge(from, 2), bridge(to, 3), pipe(to, 1, 1)}
              : new int[] {pipe(from, 0, 1), pipe(to, 1, 1)};
      case FULL_MESH -> new int[] {pipe(from, 2 + to, link.reach() - 1)};
      case RING, TORUS_2D, TORUS_3D -> walk(from, to);
    };
  }

  private int[] walk(final int from, final int to) {
    final List<Integer> way = new ArrayList<>();
    int at = from;
    int stride = 1;
    for (int dimension = 0; dimension < sides.length; dimension++) {
      final int side = sides[dimension];
      while (at / stride % side != to / stride % side) {
        final int here = at / stride % side;
        final int up = Math.floorMod(to / stride % side - here, side);
        final boolean upward = 2 * up <= side;
        way.add(pipe(at, 2 * dimension + (upward ? 0 : 1), 2 * sides.length));
        at += ((upward ? here + 1 : here + side - 1) % side - here) * stride;
      }
      stride *= side;
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
    for (final int side : sides) {
      longest += side;
      share = 2 * sides.length;
    }
    long picos = longest * (Pipes.alone(rate() / share, bytes) + Clock.ofSeconds(link.latency()));
    if (link.islands().isPresent()) {
      final ScaleUp.Islands islands = link.islands().get();
      picos +=
          2 * Pipes.alone(islands.bandwidth() * link.efficiency(), bytes)
              + Clock.ofSeconds(islands.latency());
    }
    return picos;
  }
}
