package org.inferchip.engine;

import java.util.function.IntToLongFunction;
import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.OnChipNetwork.Homes;
import org.inferchip.program.Placement;

/**
 * A network on a die between cores and memories ({@link OnChipNetwork}). Bytes that are spread come
 * in equal parts from all memories, placed ones from those of their core ({@link NocMatch}); each
 * part is served by its memory and by every link of its way from its start (cut through). Where no
 * readers are named, placed bytes are matched by nearness or spread, whichever loads the busiest
 * link less.
 *
 * <p>What several cores get by multicast passes each link of one core's way once for each of its
 * parts: the links near memories carry it once, as a tree does; those near cores carry a share of
 * it only, where their ports are the limit. What cores send to each other on one die and requests
 * of reads take no links here; latencies are those of the mean distance, there and back.
 */
final class Noc implements Distances {
  private final Chip chip;
  private final OnChipNetwork network;
  private final int count;
  private final NocMatch placed;
  private final NocMatch spread;

  Noc(final Chip chip) {
    this.chip = chip;
    network = chip.network().orElseThrow();
    count = chip.cores().get(0).count();
    spread = NocMatch.spread(network, count);
    placed = NocMatch.placed(network, count);
  }

  @Override
  public boolean local(final boolean readOnce) {
    return readOnce && network.homes().orElse(Homes.PLACED) == Homes.PLACED;
  }

  @Override
  public long latencyPicos(final boolean local) {
    return (local ? placed : spread).meanRoundTripPicos(chip);
  }

  /**
   * Bytes between memory and a core, each as often as it passes a link: at the mean distance of
   * what is placed, of cores that need as much, or of what is spread.
   */
  long hopBytes(final long bytes, final boolean local) {
    return Math.round(bytes * (local ? placed : spread).meanHops());
  }

  @Override
  public long serialPicos(final long bytes, final double memoryRate) {
    final int memories = network.memories().size();
    final long hops = network.columns() + network.rows();
    return hops * (Pipes.alone(network.linkRate(chip), bytes) + 1)
        + memories
        + Pipes.alone(memoryRate / memories, bytes);
  }

  /**
   * The memories and links of one device.
   *
   * @param placement of the program
   * @param folding says for which cores a simulated stream stands
   * @param bytesOf a stream of the program from and to memory, which says what each core needs
   */
  Memories memories(
      final int device,
      final Placement placement,
      final Folding folding,
      final IntToLongFunction bytesOf,
      final double rate,
      final Pipes pipes) {
    final long[] needs = new long[count];
    for (int simulated = 0; simulated < folding.size(); simulated++) {
      for (final int stream : folding.members(simulated)) {
        if (placement.device(stream) == device) {
          needs[placement.core(stream)] += bytesOf.applyAsLong(stream);
        }
      }
    }
    final NocMatch matched = NocMatch.placed(network, needs);
    final NocMatch own =
        network.readers().isEmpty() && spread.lessCrowded(chip, matched, needs) ? spread : matched;
    return new NocMemories(chip, network, new NocMatch[] {spread, own}, rate, pipes) {
      @Override
      int[] cores(final int stream) {
        final int[] members = folding.members(stream);
        final int[] cores = new int[members.length];
        for (int i = 0; i < cores.length; i++) {
          cores[i] = placement.core(members[i]);
        }
        return cores;
      }
    };
  }
}
