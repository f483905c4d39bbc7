package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.OnChipNetwork.Readers;
import org.inferchip.arch.OnChipNetwork.Site;
import org.inferchip.units.Picoseconds;

/**
 * How much of the external memory's bandwidth readers get over the network on a die, by where they
 * are: one reader for each memory, which streams from that memory alone, or every core from all
 * memories in turn. A reader has so many reads of the network's longest packet under way.
 *
 * <p>A read takes the way there, the memory's latency, its bytes' turn in the memory and on every
 * link of the way back, and that way. Bytes go in pieces of {@value #PIECE}, so that reads that
 * share a link share its rate, as they do with virtual channels. Memories pace pieces at their
 * sustained rate; what waits for links is not limited but by the reads under way. Requests take no
 * room on links. Rates are all bytes over the time of the slowest reader.
 */
public final class ReaderSelfTest {
  private static final int PIECE = 512;
  private static final int PACKETS = 96;
  private static final int[] DEPTHS = {1, 2, 4};

  /** What happens to a packet: it comes to its memory, a piece leaves it, the last one is there. */
  private enum Kind {
    REQUEST,
    PIECE,
    LAST,
    DONE
  }

  /**
   * What some readers get.
   *
   * @param readers how cores and memories are matched; null: every core reads all memories in turn
   * @param inFlight reads that a reader has under way; with one it waits for each
   * @param rate bytes a second of all readers
   * @param hops from memory to reader, on average
   * @param crowd most readers that read over one link
   */
  public record Row(Readers readers, int inFlight, double rate, double hops, int crowd) {}

  private final Chip chip;
  private final OnChipNetwork network;
  private final Site[] cores;
  private final int[][] memories;
  private final int depth;
  private final Pipes pipes = new Pipes();
  private final HeapEventQueue queue;
  private final int[][][] way;
  private final int[] port;
  private final int[] memory;
  private final int[] asked;
  private long last;

  private ReaderSelfTest(
      final Chip chip, final Site[] cores, final int[][] memories, final int depth) {
    this.chip = chip;
    this.cores = cores;
    this.memories = memories;
    this.depth = depth;
    network = chip.network().orElseThrow();
    queue = new HeapEventQueue(64 * cores.length);
    final ExternalMemory all = chip.memory().orElseThrow();
    final int count = network.memories().size();
    memory = new int[count];
    for (int i = 0; i < count; i++) {
      memory[i] = pipes.add(all.bandwidth() * all.efficiency() / count);
    }
    final NocLinks links = new NocLinks(chip, network, pipes);
    way = new int[cores.length][][];
    port = new int[cores.length];
    for (int i = 0; i < cores.length; i++) {
      final Site core = cores[i];
      way[i] =
          Arrays.stream(memories[i])
              .mapToObj(one -> links.read(network.memories().get(one), core))
              .toArray(int[][]::new);
      port[i] = pipes.add(chip.cores().get(0).port().read() * chip.clock());
    }
    asked = new int[cores.length];
  }

  /** All rows of a chip with a network on its die. */
  public static List<Row> of(final Chip chip) {
    final OnChipNetwork network = chip.network().orElseThrow();
    final List<Row> rows = new ArrayList<>();
    final int count = Math.min(network.memories().size(), chip.cores().get(0).count());
    final int[][] own = new int[count][];
    Arrays.setAll(own, i -> new int[] {i});
    for (final Readers readers : Readers.values()) {
      final Site[] cores = readers(network, chip.cores().get(0).count(), count, readers);
      for (final int depth : DEPTHS) {
        rows.add(new ReaderSelfTest(chip, cores, own, depth).row(readers));
      }
    }
    final Site[] every = new Site[chip.cores().get(0).count()];
    Arrays.setAll(every, network::core);
    final int[][] turns = new int[every.length][network.memories().size()];
    for (int i = 0; i < turns.length; i++) {
      final int first = i;
      Arrays.setAll(turns[i], j -> (first + j) % network.memories().size());
    }
    rows.add(new ReaderSelfTest(chip, every, turns, DEPTHS[1]).row(null));
    return rows;
  }

  /** A core of its own for each memory. */
  static Site[] readers(
      final OnChipNetwork network, final int cores, final int count, final Readers readers) {
    final Site[] chosen = new Site[count];
    if (readers == Readers.IN_ORDER) {
      Arrays.setAll(chosen, network::core);
      return chosen;
    }
    final boolean[] taken = new boolean[cores];
    final int most = network.columns() + network.rows();
    for (int i = 0; i <= most; i++) {
      final int hops = readers == Readers.NEAR ? i : most - i;
      for (int memory = 0; memory < count; memory++) {
        for (int core = 0; core < cores && chosen[memory] == null; core++) {
          if (!taken[core]
              && network.hops(network.memories().get(memory), network.core(core)) == hops) {
            chosen[memory] = network.core(core);
            taken[core] = true;
          }
        }
      }
    }
    return chosen;
  }

  private Row row(final Readers readers) {
    for (int reader = 0; reader < cores.length; reader++) {
      for (int i = 0; i < depth; i++) {
        ask(reader, 0);
      }
    }
    while (!queue.isEmpty()) {
      final int event = queue.pop();
      final int packet = event / Kind.values().length;
      switch (Kind.values()[event % Kind.values().length]) {
        case REQUEST -> answer(packet);
        case PIECE -> pass(packet);
        case LAST -> schedule(pass(packet), packet, Kind.DONE);
        default -> {
          last = queue.time();
          ask(packet / turns(), last);
        }
      }
    }
    final double bytes = (double) cores.length * PACKETS * Math.round(network.packet());
    return new Row(readers, depth, bytes / last * Picoseconds.PER_SECOND, hops(), crowd());
  }

  private int turns() {
    return memories[0].length;
  }

  private void schedule(final long time, final int packet, final Kind kind) {
    queue.schedule(time, 0, packet * Kind.values().length + kind.ordinal());
  }

  /** Sends a reader's next request, if it has one left; all latencies of the read count here. */
  private void ask(final int reader, final long now) {
    if (asked[reader] < PACKETS) {
      final int turn = asked[reader]++ % turns();
      final Site from = network.memories().get(memories[reader][turn]);
      final double latency =
          network.roundTrip(chip, cores[reader], from) + chip.memory().orElseThrow().latency();
      schedule(now + Picoseconds.of(latency), reader * turns() + turn, Kind.REQUEST);
    }
  }

  private void answer(final int packet) {
    final int from = memory[memories[packet / turns()][packet % turns()]];
    final long now = queue.time();
    for (long rest = Math.round(network.packet()); rest > 0; rest -= PIECE) {
      final long end = pipes.serve(from, now, Math.min(PIECE, rest));
      schedule(end, packet, rest > PIECE ? Kind.PIECE : Kind.LAST);
    }
  }

  /** End of service of a piece on its way. */
  private long pass(final int packet) {
    long end = pipes.serve(port[packet / turns()], queue.time(), PIECE);
    for (final int link : way[packet / turns()][packet % turns()]) {
      end = Math.max(end, pipes.serve(link, queue.time(), PIECE));
    }
    return end;
  }

  private double hops() {
    return Arrays.stream(way)
        .flatMap(Arrays::stream)
        .mapToInt(one -> one.length)
        .average()
        .orElse(0);
  }

  private int crowd() {
    final Map<Integer, Set<Integer>> readersOf = new HashMap<>();
    for (int reader = 0; reader < way.length; reader++) {
      for (final int[] one : way[reader]) {
        for (final int link : one) {
          readersOf.computeIfAbsent(link, unknown -> new HashSet<>()).add(reader);
        }
      }
    }
    return readersOf.values().stream().mapToInt(Set::size).max().orElse(0);
  }
}
