package org.inferchip.engine;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.OnChipNetwork.Site;

/**
 * Memories and links of a device with a network on its die. A simulated stream's bytes are those of
 * all cores that it stands for: every link takes the part of them that passes it on the way to any
 * of those cores.
 */
abstract class NocMemories implements Memories {
  private static final int FRACTION_BITS = 20;
  private static final long ONE = 1L << FRACTION_BITS;

  private final OnChipNetwork network;
  private final NocMatch[] matches;
  private final Pipes pipes;
  private final NocLinks links;
  private final int[] memory;
  private Way[] ways = new Way[64];

  /**
   * Where bytes of a stream go.
   *
   * @param upTo by memory, its part of the bytes and those of the memories before it, as a fraction
   * @param pipe links that are passed
   * @param part of the bytes that passes each, as a fraction
   */
  private record Way(long[] upTo, int[] pipe, long[] part) {}

  NocMemories(
      final Chip chip,
      final OnChipNetwork network,
      final NocMatch[] matches,
      final double rate,
      final Pipes pipes) {
    this.network = network;
    this.matches = matches;
    this.pipes = pipes;
    links = new NocLinks(chip, network, pipes);
    memory = new int[network.memories().size()];
    for (int i = 0; i < memory.length; i++) {
      memory[i] = pipes.add(rate / memory.length);
    }
  }

  /** The cores for which a simulated stream stands. */
  abstract int[] cores(int stream);

  @Override
  public void hold(final long now, final long picos) {
    pipes.hold(memory, now, picos);
  }

  @Override
  public long serve(
      final int stream, final Shape shape, final long now, final long bytes, final boolean in) {
    final Way way = way(stream, shape.local, in);
    long end = now;
    long before = 0;
    for (int i = 0; i < memory.length; i++) {
      final long upTo = bytes * way.upTo[i] >> FRACTION_BITS;
      if (upTo > before) {
        end = Math.max(end, pipes.serve(memory[i], now, upTo - before));
      }
      before = upTo;
    }
    for (int i = 0; i < way.pipe.length; i++) {
      end = Math.max(end, pipes.serve(way.pipe[i], now, bytes * way.part[i] >> FRACTION_BITS));
    }
    return end;
  }

  private Way way(final int stream, final boolean local, final boolean in) {
    final int index = 4 * stream + (local ? 2 : 0) + (in ? 1 : 0);
    if (index >= ways.length) {
      ways = Arrays.copyOf(ways, 2 * index);
    }
    if (ways[index] == null) {
      ways[index] = build(cores(stream), matches[local ? 1 : 0], in);
    }
    return ways[index];
  }

  private Way build(final int[] cores, final NocMatch match, final boolean in) {
    final double[] ofMemory = new double[memory.length];
    double[] ofPipe = new double[256];
    for (final int core : cores) {
      final Site at = network.core(core);
      for (int i = 0; i < memory.length; i++) {
        final double share = match.share(core, i) / cores.length;
        if (share > 0) {
          ofMemory[i] += share;
          final Site there = network.memories().get(i);
          for (final int pipe : in ? links.read(there, at) : links.write(at, there)) {
            if (pipe >= ofPipe.length) {
              ofPipe = Arrays.copyOf(ofPipe, 2 * pipe);
            }
            ofPipe[pipe] += share;
          }
        }
      }
    }
    final long[] upTo = new long[memory.length];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += ofMemory[i];
      upTo[i] = i == upTo.length - 1 ? ONE : Math.min(ONE, Math.round(sum * ONE));
    }
    final double[] parts = ofPipe;
    final int[] used = IntStream.range(0, parts.length).filter(p -> parts[p] > 0).toArray();
    return new Way(
        upTo, used, Arrays.stream(used).mapToLong(p -> Math.round(parts[p] * ONE)).toArray());
  }

  @Override
  public long served() {
    return Arrays.stream(memory).mapToLong(pipes::served).sum();
  }

  @Override
  public void count(final long bytes) {
    pipes.count(memory[0], bytes);
  }
}
