package org.inferchip.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.LocalMemory;
import org.inferchip.arch.MatrixUnit;

/**
 * Whether buffers fit into a core. The one rule for the mapping search (which prunes with it) and
 * the audit (which checks with it): all slots of all streams placed on a core exist at once; {@code
 * LOCAL} buffers share {@code LocalMemory.capacity}, {@code ACCUMULATOR} buffers share {@code
 * accumulatorCapacity}; {@code OVERLAID} ones have no room of their own; a {@code CELLS} buffer is
 * one tile of an array. Alignment and bank padding are not modelled.
 */
public final class Capacity {
  private Capacity() {}

  /** Bytes that one stream's buffers take at a level. */
  public static long bytes(final List<Buffer> buffers, final Buffer.Level level) {
    long sum = 0;
    for (final Buffer buffer : buffers) {
      if (buffer.level() == level) {
        sum = Math.addExact(sum, buffer.bytes());
      }
    }
    return sum;
  }

  /** Whether so many streams with these buffers fit into one core. */
  public static boolean fits(
      final List<Buffer> buffers, final int streamsPerCore, final LocalMemory memory) {
    return streamsPerCore * bytes(buffers, Buffer.Level.LOCAL) <= memory.capacity()
        && streamsPerCore * bytes(buffers, Buffer.Level.ACCUMULATOR)
            <= memory.accumulatorCapacity();
  }

  /** The first core of a program that is over its capacity, in words; empty if all fit. */
  public static Optional<String> overflow(final TileProgram program, final Chip chip) {
    final Map<Long, Integer> streams = new TreeMap<>();
    final Placement placement = program.placement();
    for (int s = 0; s < program.streams(); s++) {
      if (program.items(s) > 0) {
        streams.merge(core(placement, s), 1, Integer::sum);
      }
    }
    final Map<Integer, Integer> mostByGroup = new HashMap<>();
    for (final Map.Entry<Long, Integer> entry : streams.entrySet()) {
      final int group = (int) (entry.getKey() >>> 24 & 0xff);
      if (entry.getValue() > mostByGroup.getOrDefault(group, 0)) {
        mostByGroup.put(group, entry.getValue());
        final CoreGroup cores = chip.cores().get(group);
        if (!fits(program.buffers(), entry.getValue(), cores.local())) {
          return Optional.of(words(program.buffers(), entry.getValue(), cores));
        }
        for (final Buffer buffer : program.buffers()) {
          if (buffer.level() == Buffer.Level.CELLS && !holds(cores, buffer)) {
            return Optional.of(
                "an array of "
                    + cores.name()
                    + " does not hold "
                    + buffer.rows()
                    + " x "
                    + buffer.cols()
                    + " weights in its cells");
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(final CoreGroup cores, final Buffer weights) {
    return cores.matrix() instanceof final MatrixUnit.Analog array
        && weights.rows() <= array.rows()
        && weights.cols() <= array.columns();
  }

  private static long core(final Placement placement, final int stream) {
    return (long) placement.device(stream) << 32
        | (long) (placement.coreGroup(stream) & 0xff) << 24
        | placement.core(stream) & 0xffffff;
  }

  private static String words(
      final List<Buffer> buffers, final int streams, final CoreGroup cores) {
    return "a core of "
        + cores.name()
        + " runs "
        + streams
        + " streams with "
        + bytes(buffers, Buffer.Level.LOCAL)
        + " local and "
        + bytes(buffers, Buffer.Level.ACCUMULATOR)
        + " accumulator bytes each; it has "
        + (long) cores.local().capacity()
        + " and "
        + (long) cores.local().accumulatorCapacity();
  }
}
