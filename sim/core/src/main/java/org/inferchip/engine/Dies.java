package org.inferchip.engine;

import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Die;
import org.inferchip.arch.DieLinks;
import org.inferchip.program.Placement;

/**
 * Where the cores and memories of a package's dies are, and how far from each other. Core c of n is
 * on die {@code c x dies / n}; every die with memory has an equal share of it.
 *
 * <p>Bytes that are spread go in equal parts to all memories, what is left over to the first. What
 * multicast brings to several cores is taken to go to as many dies, each over the links: exact
 * where they are on different dies, too much otherwise.
 */
final class Dies implements Distances {
  private final DieLinks links;
  private final int[] cores;
  private final int withCores;
  private final int memories;
  private final int all;
  private final int[][] hops;

  private Dies(final Chip chip, final DieLinks links) {
    this.links = links;
    cores = chip.cores().stream().mapToInt(CoreGroup::count).toArray();
    withCores = count(chip, links.cores());
    memories = count(chip, links.memory());
    final boolean same = links.cores().equals(links.memory());
    all = same ? withCores : withCores + memories;
    hops = new int[withCores][memories];
    for (int die = 0; die < withCores; die++) {
      for (int memory = 0; memory < memories; memory++) {
        hops[die][memory] = hops(die, place(memory));
      }
    }
  }

  /** The dies of a chip; null where its memory is as near to all cores. */
  static Dies of(final Chip chip) {
    return chip.dieLinks().filter(links -> chip.memory().isPresent()).isEmpty()
        ? null
        : new Dies(chip, chip.dieLinks().get());
  }

  private static int count(final Chip chip, final String name) {
    return chip.dies().stream().filter(die -> die.name().equals(name)).mapToInt(Die::count).sum();
  }

  private int hops(final int from, final int to) {
    if (from == to) {
      return 0;
    }
    return links.topology().dimensions() == 0 ? 1 : links.links(all).grid().hops(from, to);
  }

  /** The number of a memory's die among all dies. */
  int place(final int memory) {
    return all - memories + memory;
  }

  /** The die of a stream's core. */
  int of(final Placement placement, final int stream) {
    final int group = placement.coreGroup(stream);
    return (int) ((long) placement.core(stream) * withCores / cores[group]);
  }

  @Override
  public boolean local(final boolean readOnce) {
    return readOnce && links.homes() == DieLinks.Homes.LOCAL;
  }

  /** Bytes of a transfer in a memory. */
  long part(final long bytes, final int memory) {
    final long each = bytes / memories;
    return memory == 0 ? bytes - each * (memories - 1) : each;
  }

  /** Dies to which what one fetch brings to so many cores goes. */
  int copies(final int multicast) {
    return Math.min(multicast, withCores);
  }

  /** Bytes times links that they pass. */
  long linkBytes(final int die, final long bytes, final int multicast) {
    long sum = 0;
    for (int memory = 0; memory < memories; memory++) {
      sum += part(bytes, memory) * hops[die][memory];
    }
    return sum * copies(multicast);
  }

  /** To the memory that is farthest from any core. */
  @Override
  public long latencyPicos(final boolean local) {
    if (local) {
      return 0;
    }
    int most = 0;
    for (final int[] row : hops) {
      for (final int one : row) {
        most = Math.max(most, one);
      }
    }
    return most * Clock.ofSeconds(links.latency());
  }

  @Override
  public long serialPicos(final long bytes, final double memoryRate) {
    final double port =
        links.bandwidth() * links.efficiency() / Math.max(1, 2 * links.topology().dimensions());
    final double link = links.topology().dimensions() == 0 ? port / Math.max(1, all - 1) : port;
    return (long) memories * all * (Pipes.alone(link, bytes * withCores) + 1)
        + memories * Pipes.alone(memoryRate / memories, bytes);
  }

  /** The pipes of one package. */
  final class Package implements Memories {
    private final Pipes pipes;
    private final Links routes;
    private final int[] dieOf;
    private final int[] memory = new int[memories];

    /**
     * Pipes.
     *
     * @param dieOf by simulated stream, the die of its core
     */
    Package(final Chip chip, final double memoryRate, final Pipes pipes, final int[] dieOf) {
      this.pipes = pipes;
      this.dieOf = dieOf;
      routes = all > 1 ? new Links(chip.with(links.links(all)), all, pipes) : null;
      for (int i = 0; i < memories; i++) {
        memory[i] = pipes.add(memoryRate / memories);
      }
    }

    @Override
    public void hold(final long now, final long picos) {
      pipes.hold(memory, now, picos);
    }

    @Override
    public long serve(
        final int stream, final Shape shape, final long now, final long bytes, final boolean in) {
      return shape.local
          ? pipes.serve(memory[dieOf[stream]], now, bytes)
          : spread(dieOf[stream], now, bytes, in ? shape.multicast : 1, in);
    }

    /**
     * End of service of bytes that are spread over all memories.
     *
     * @param multicast cores to which one fetch goes
     * @param in whether they go to the core
     */
    private long spread(
        final int die, final long now, final long bytes, final int multicast, final boolean in) {
      long end = now;
      for (int i = 0; i < memories; i++) {
        final long part = part(bytes, i);
        if (part > 0) {
          end = Math.max(end, pipes.serve(memory[i], now, part));
          final int[] way =
              place(i) == die
                  ? new int[0]
                  : in ? routes.route(place(i), die) : routes.route(die, place(i));
          for (final int pipe : way) {
            end = Math.max(end, pipes.serve(pipe, now, part * copies(multicast)));
          }
        }
      }
      return end;
    }

    @Override
    public long served() {
      long sum = 0;
      for (final int one : memory) {
        sum += pipes.served(one);
      }
      return sum;
    }

    @Override
    public void count(final long bytes) {
      pipes.count(memory[0], bytes);
    }
  }
}
