package org.inferchip.engine;

import java.util.Arrays;
import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.OnChipNetwork.Site;

/**
 * Links of a network on a die: a pipe for each router, dimension and direction that is used. Ways
 * go along the row first, then along the column; with a second network what is written takes its
 * links, and each turn the other way round. As nodes, routers are numbered row by row.
 */
final class NocLinks implements Routes {
  private static final int PORTS = 4;
  private static final int NONE = -1;

  private final OnChipNetwork network;
  private final Pipes pipes;
  private final double rate;
  private final double hopSeconds;
  private final int[] pipeOf;

  NocLinks(final Chip chip, final OnChipNetwork network, final Pipes pipes) {
    this.network = network;
    this.pipes = pipes;
    rate = network.linkRate(chip);
    hopSeconds = network.hopCycles() / network.clock().orElse(chip.clock());
    pipeOf = new int[2 * PORTS * network.columns() * network.rows()];
    Arrays.fill(pipeOf, NONE);
  }

  /** The pipes from a memory to a core. */
  int[] read(final Site memory, final Site core) {
    return walk(memory, core, 0);
  }

  /** The pipes from a core to a memory. */
  int[] write(final Site core, final Site memory) {
    if (network.networks().orElse(1) == 1) {
      return walk(core, memory, 0);
    }
    // Against the first network, from a core to a memory, is along it from there to here.
    return walk(memory, core, 1);
  }

  @Override
  public int[] route(final int from, final int to) {
    return read(site(from), site(to));
  }

  @Override
  public long latencyPicos(final int from, final int to) {
    return network.hops(site(from), site(to)) * Clock.ofSeconds(hopSeconds);
  }

  private Site site(final int node) {
    return new Site(node % network.columns(), node / network.columns());
  }

  private int[] walk(final Site from, final Site to, final int net) {
    final int across = network.steps(from.column(), to.column(), 0);
    final int along = network.steps(from.row(), to.row(), 1);
    final int[] way = new int[Math.abs(across) + Math.abs(along)];
    int at = from.column();
    for (int i = 0; i < Math.abs(across); i++) {
      way[i] = pipe(at, from.row(), across > 0 ? 0 : 1, net);
      at = Math.floorMod(at + Integer.signum(across), network.columns());
    }
    at = from.row();
    for (int i = Math.abs(across); i < way.length; i++) {
      way[i] = pipe(to.column(), at, along > 0 ? 2 : 3, net);
      at = Math.floorMod(at + Integer.signum(along), network.rows());
    }
    return way;
  }

  private int pipe(final int column, final int row, final int port, final int net) {
    final int key = ((net * network.rows() + row) * network.columns() + column) * PORTS + port;
    if (pipeOf[key] == NONE) {
      pipeOf[key] = pipes.add(rate);
    }
    return pipeOf[key];
  }
}
