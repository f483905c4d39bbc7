package org.inferchip.engine;

import java.util.Arrays;
import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.OnChipNetwork.Readers;
import org.inferchip.arch.OnChipNetwork.Site;
import org.inferchip.units.Picoseconds;

/**
 * Which part of a core's bytes is in which memory. Every core needs as much, every memory holds as
 * much: of n cores and m memories pairs are matched by hops from memory to core (fewest or most
 * first; of equal ones, the lower core and the lower memory), each with what core and memory have
 * left. In order, core after core takes from memory after memory.
 */
final class NocMatch {
  private final OnChipNetwork network;

  /** By core and memory: n m equal units a core are a core's need; n of them fill a memory. */
  private final long[][] units;

  private NocMatch(final OnChipNetwork network, final long[][] units) {
    this.network = network;
    this.units = units;
  }

  /** Every memory holds an equal part of every core's bytes. */
  static NocMatch spread(final OnChipNetwork network, final int cores) {
    final long[][] units = new long[cores][network.memories().size()];
    for (final long[] row : units) {
      Arrays.fill(row, 1);
    }
    return new NocMatch(network, units);
  }

  /** As the network's readers are. */
  static NocMatch placed(final OnChipNetwork network, final int cores) {
    final int memories = network.memories().size();
    final Readers readers = network.readers().orElse(Readers.NEAR);
    final long[][] units = new long[cores][memories];
    final long[] need = new long[cores];
    final long[] room = new long[memories];
    Arrays.fill(need, memories);
    Arrays.fill(room, cores);
    if (readers == Readers.IN_ORDER) {
      for (int memory = 0, core = 0; memory < memories; ) {
        take(units, need, room, core, memory);
        memory += room[memory] == 0 ? 1 : 0;
        core += core < cores && need[core] == 0 ? 1 : 0;
      }
      return new NocMatch(network, units);
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
    return new NocMatch(network, units);
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

  /** The part of a core's bytes in a memory, 0 to 1. */
  double share(final int core, final int memory) {
    return (double) units[core][memory] / network.memories().size();
  }

  /** Mean time there and back of a byte, without any queue. */
  long meanRoundTripPicos(final Chip chip) {
    double sum = 0;
    for (int core = 0; core < units.length; core++) {
      final Site place = network.core(core);
      for (int memory = 0; memory < units[core].length; memory++) {
        if (units[core][memory] > 0) {
          sum +=
              share(core, memory) * network.roundTrip(chip, place, network.memories().get(memory));
        }
      }
    }
    return Picoseconds.of(sum / units.length);
  }
}
