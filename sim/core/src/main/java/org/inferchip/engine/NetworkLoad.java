package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Grid;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.ScaleUp;
import org.inferchip.units.Picoseconds;

/**
 * Latency against load of a network under uniform random traffic: every node sends messages of one
 * length to every other with equal probability, at random (Poisson) times, over the routes and
 * links that programs have too ({@link Links}). Each link serves heads in the order in which they
 * come; a message cuts through (its head goes on while its tail is served). Buffers are unlimited.
 * Of two ways round of one length every other place takes the other, also where the code of
 * programs always goes up ({@link ScaleUp.Ties}): that is a choice of their routes, not of the
 * network.
 *
 * <p>The bound is that of the narrowest cut in two halves (Dally and Towles 2004, chapter 3): of n
 * nodes, with a and b = n - a on either side, {@code load a b / (n-1) <= bandwidth of the cut}, and
 * no node sends faster than all of its links; of a part of the network, what the busiest link takes
 * by the routes. The saturation point is the largest load of which the network delivers {@value
 * #DELIVERED} in a long run, to {@value #RESOLUTION} of the bound.
 */
public final class NetworkLoad {
  /** Share of what is offered that a network below saturation delivers while more is offered. */
  static final double DELIVERED = 0.97;

  /** Step of the search for the saturation point. */
  static final double RESOLUTION = 0.01;

  private static final int MESSAGES_PER_NODE = 800;
  private static final double[] SHARES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0};

  /**
   * What a network does at a load.
   *
   * @param offered bytes a second that each node sends
   * @param delivered bytes a second that come to each node in the second half of the run
   * @param meanSeconds from a message's birth to its last byte
   * @param p99Seconds of 99 of 100 messages
   * @param hottest share of time that the busiest link serves
   */
  public record Point(
      double offered, double delivered, double meanSeconds, double p99Seconds, double hottest) {}

  /**
   * A curve.
   *
   * @param nodes that send
   * @param messageBytes of each message
   * @param bound of the load, bytes a second of each node
   * @param saturation largest load that is delivered, bytes a second of each node
   * @param emptySeconds mean latency of lone messages
   * @param points by load
   */
  public record Curve(
      int nodes,
      long messageBytes,
      double bound,
      double saturation,
      double emptySeconds,
      List<Point> points) {}

  private final Function<Pipes, Routes> network;
  private final int nodes;
  private final long bytes;
  private final long seed;

  private NetworkLoad(
      final Function<Pipes, Routes> network, final int nodes, final long bytes, final long seed) {
    this.network = network;
    this.nodes = nodes;
    this.bytes = bytes;
    this.seed = seed;
  }

  /**
   * The curve of a chip's scale-up links.
   *
   * @param nodes chips that take part, at least 2
   */
  public static Curve of(
      final Chip chip, final int nodes, final long messageBytes, final long seed) {
    final ScaleUp link = chip.scaleUp().orElseThrow().alternating();
    final Chip with = chip.with(link);
    final NetworkLoad load =
        new NetworkLoad(pipes -> new Links(with, nodes, pipes), nodes, messageBytes, seed);
    return load.curve(nodes == link.reach() ? bound(link, nodes) : load.busiestLink());
  }

  /**
   * The curve of a chip's network on its die, all of whose routers take part. Where links go one
   * way, messages inside of a half pass the cut too: the bound is then that of the busiest link.
   */
  public static Curve onDie(final Chip chip, final long messageBytes, final long seed) {
    final OnChipNetwork die = chip.network().orElseThrow();
    final int nodes = die.columns() * die.rows();
    final NetworkLoad load =
        new NetworkLoad(pipes -> new NocLinks(chip, die, pipes), nodes, messageBytes, seed);
    return load.curve(
        die.oneWay().orElse(false)
            ? load.busiestLink()
            : Math.min(
                cut(chip, die, die.columns(), die.rows()),
                cut(chip, die, die.rows(), die.columns())));
  }

  /** The load that the cut across the middle of a side allows, with so many links beside. */
  private static double cut(
      final Chip chip, final OnChipNetwork die, final int side, final int across) {
    final int nodes = side * across;
    final int half = side / 2 * across;
    final int ways = die.topology().wraps() && side > 2 ? 2 : 1;
    return half == 0
        ? Double.POSITIVE_INFINITY
        : across * ways * die.linkRate(chip) * (nodes - 1) / half / (nodes - half);
  }

  private Curve curve(final double bound) {
    final List<Point> points = new ArrayList<>();
    for (final double share : SHARES) {
      points.add(at(share * bound));
    }
    return new Curve(
        nodes, bytes, bound, saturation(bound), at(bound * 1e-4).meanSeconds(), points);
  }

  /** The load of each node that the narrowest cut allows, bytes a second. */
  static double bound(final ScaleUp link, final int nodes) {
    final double rate = link.bandwidth() * link.efficiency();
    double bound = rate;
    if (link.topology().dimensions() > 0) {
      final Grid grid = link.grid();
      for (int dimension = 0; dimension < grid.dimensions(); dimension++) {
        final int side = grid.side(dimension);
        final int across = nodes / side;
        final int half = side / 2 * across;
        final int ways = link.topology().wraps() && side > 2 ? 2 : 1;
        final double cut = (double) across * ways * rate / (2 * grid.dimensions());
        bound = half == 0 ? bound : Math.min(bound, cut * (nodes - 1) / half / (nodes - half));
      }
    }
    if (link.islands().isPresent()) {
      final int size = link.islands().get().size();
      final double out = link.islands().get().bandwidth() * link.efficiency();
      bound = Math.min(bound, out * (nodes - 1) / size / Math.max(1, nodes - size));
      if (link.islands().get().tree().isPresent()) {
        final ScaleUp.FatTree tree = link.islands().get().tree().get();
        final int leaf = size * tree.leaf();
        final double up = tree.leaf() * out / tree.oversubscription();
        bound = Math.min(bound, up * (nodes - 1) / leaf / Math.max(1, nodes - leaf));
      }
    }
    return bound;
  }

  /** The load of each node at which its busiest link is busy all the time, by the routes. */
  private double busiestLink() {
    final Pipes pipes = new Pipes();
    final Routes links = network.apply(pipes);
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        for (final int pipe : links.route(from, to)) {
          pipes.serve(pipe, 0, bytes);
        }
      }
    }
    return (nodes - 1) * bytes / pipes.busiest(1) * Picoseconds.PER_SECOND;
  }

  private double saturation(final double bound) {
    double share = 0.5;
    for (double step = 0.4; step > RESOLUTION / 2; step /= 2) {
      final double offered = bound * (share + step);
      if (at(offered).delivered() >= DELIVERED * offered) {
        share += step;
      }
    }
    return share * bound;
  }

  /** Runs one load. */
  private Point at(final double offered) {
    final SplittableRandom random = new SplittableRandom(seed);
    final Pipes pipes = new Pipes();
    final Routes links = network.apply(pipes);
    final int count = nodes * MESSAGES_PER_NODE;
    final long[] born = new long[count];
    final long[] done = new long[count];
    final int[][] way = new int[count][];
    final long[] head = new long[count];
    final HeapEventQueue queue = new HeapEventQueue(count);
    final double between = bytes / offered * Picoseconds.PER_SECOND;
    for (int node = 0; node < nodes; node++) {
      double time = 0;
      for (int i = 0; i < MESSAGES_PER_NODE; i++) {
        time -= between * StrictMath.log(1 - random.nextDouble());
        final int message = node * MESSAGES_PER_NODE + i;
        final int to = (node + 1 + random.nextInt(nodes - 1)) % nodes;
        born[message] = (long) time;
        way[message] = links.route(node, to);
        head[message] = links.latencyPicos(node, to) / way[message].length;
        queue.schedule(born[message], 0, message);
      }
    }
    final int[] hop = new int[count];
    while (!queue.isEmpty()) {
      final int message = queue.pop();
      final int pipe = way[message][hop[message]];
      final long end = pipes.serve(pipe, queue.time(), bytes);
      hop[message]++;
      if (hop[message] == way[message].length) {
        done[message] = end + head[message];
      } else {
        queue.schedule(end - pipes.alone(pipe, bytes) + head[message], 0, message);
      }
    }
    return point(offered, born, done, pipes);
  }

  private Point point(
      final double offered, final long[] born, final long[] done, final Pipes pipes) {
    final long last = Arrays.stream(born).max().orElseThrow();
    // The slowest node's last message is late by chance: the run ends when most nodes still send.
    final long end = (long) (0.9 * last);
    final long[] latency = new long[done.length];
    long arrived = 0;
    double sum = 0;
    for (int i = 0; i < done.length; i++) {
      latency[i] = done[i] - born[i];
      sum += latency[i];
      arrived += done[i] > end / 2 && done[i] <= end ? bytes : 0;
    }
    Arrays.sort(latency);
    return new Point(
        offered,
        arrived / (end / 2 * 1e-12) / nodes,
        sum / done.length * 1e-12,
        latency[(int) (0.99 * (done.length - 1))] * 1e-12,
        pipes.busiest(last));
  }
}
