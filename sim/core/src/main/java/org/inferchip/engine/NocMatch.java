package org.inferchip.engine;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.OnChipNetwork.Readers;
import org.inferchip.arch.OnChipNetwork.Site;
import org.inferchip.units.Picoseconds;

/**
 * Which part of a core's bytes is in which memory. Every memory holds as much of what all cores
 * need: pairs are matched by hops from memory to core (fewest or most first; of equal ones, the
 * lower core and the lower memory), each with what core and memory have left. In order, core after
 * core takes from memory after memory.
 */
final class NocMatch {
  private final OnChipNetwork network;

  /** By core and memory: bytes times memories. */
  private final long[][] units;

  private final long[] needs;
  private final double meanHops;

  private NocMatch(final OnChipNetwork network, final long[] needs, final long[][] units) {
    this.network = network;
    this.needs = needs;
    this.units = units;
    this.meanHops = meanOver(network::hops);
  }

  /** Every memory holds an equal part of every core's bytes. */
  static NocMatch spread(final OnChipNetwork network, final int cores) {
    final long[][] units = new long[cores][network.memories().size()];
    for (final long[] row : units) {
      Arrays.fill(row, 1);
    }
    final long[] needs = new long[cores];
    Arrays.fill(needs, 1);
    return new NocMatch(network, needs, units);
  }

  /** As the network's readers are, of cores that need as much. */
  static NocMatch placed(final OnChipNetwork network, final int cores) {
    final long[] needs = new long[cores];
    Arrays.fill(needs, 1);
    return placed(network, needs);
  }

  /**
   * As the network's readers are.
   *
   * @param needs bytes of each core
   */
  static NocMatch placed(final OnChipNetwork network, final long[] needs) {
    final int cores = needs.length;
    final int memories = network.memories().size();
    final Readers readers = network.readers().orElse(Readers.NEAR);
    final long[][] units = new long[cores][memories];
    final long[] need = Arrays.stream(needs).map(bytes -> bytes * memories).toArray();
    final long[] room = new long[memories];
    Arrays.fill(room, Arrays.stream(needs).sum());
    if (readers == Readers.IN_ORDER) {
      for (int memory = 0, core = 0; memory < memories && core < cores; ) {
        take(units, need, room, core, memory);
        memory += room[memory] == 0 ? 1 : 0;
        core += need[core] == 0 ? 1 : 0;
      }
      return new NocMatch(network, needs, units);
    }
    final int most = network.columns() + network.rows();
    final int[][] hops = new int[cores][memories];
    for (int core = 0; core < cores; core++) {
      for (int memory = 0; memory < memories; memory++) {
        hops[core][memory] = network.hops(network.memories().get(memory), network.core(core));
      }
    }
    for (int i = 0; i <= most; i++) {
      final int now = readers == Readers.NEAR ? i : most - i;
      for (int core = 0; core < cores; core++) {
        for (int memory = 0; memory < memories; memory++) {
          if (hops[core][memory] == now) {
            take(units, need, room, core, memory);
          }
        }
      }
    }
    return new NocMatch(network, needs, units);
  }

  private static void take(
      final long[][] units,
      final long[] need,
      final long[] room,
      final int core,
      final int memory) {
    final long taken = Math.min(need[core], room[memory]);
    units[core][memory] += taken;
    need[core] -= taken;
    room[memory] -= taken;
  }

  /** The part of a core's bytes in a memory, 0 to 1; equal parts of what needs none. */
  double share(final int core, final int memory) {
    final int memories = network.memories().size();
    return needs[core] == 0
        ? 1.0 / memories
        : (double) units[core][memory] / memories / needs[core];
  }

  /** Whether its busiest link has less to carry than another's, of the same needs. */
  boolean lessCrowded(final Chip chip, final NocMatch other, final long[] bytes) {
    return busiest(chip, bytes) < other.busiest(chip, bytes);
  }

  private double busiest(final Chip chip, final long[] bytes) {
    final NocLinks links = new NocLinks(chip, network, new Pipes());
    double[] load = new double[256];
    for (int core = 0; core < bytes.length; core++) {
      for (int memory = 0; memory < network.memories().size() && bytes[core] > 0; memory++) {
        final double part = bytes[core] * share(core, memory);
        if (part > 0) {
          for (final int link : links.read(network.memories().get(memory), network.core(core))) {
            if (link >= load.length) {
              load = Arrays.copyOf(load, 2 * link);
            }
            load[link] += part;
          }
        }
      }
    }
    return Arrays.stream(load).max().orElse(0);
  }

  /** Links that a byte passes on average from its memory to its core. */
  double meanHops() {
    return meanHops;
  }

  /** Mean time there and back of a byte, without any queue. */
  long meanRoundTripPicos(final Chip chip) {
    return Picoseconds.of(meanOver((memory, core) -> network.roundTrip(chip, core, memory)));
  }

  /** Mean over the bytes of all cores of something between a memory and a core. */
  private double meanOver(final ToDoubleBiFunction<Site, Site> between) {
    double sum = 0;
    for (int core = 0; core < units.length; core++) {
      final Site place = network.core(core);
      for (int memory = 0; memory < units[core].length; memory++) {
        if (units[core][memory] > 0) {
          sum += share(core, memory) * between.applyAsDouble(network.memories().get(memory), place);
        }
      }
    }
    return sum / units.length;
  }
}
