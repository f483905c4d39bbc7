package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.inferchip.program.Buffer;
import org.inferchip.program.DerivedProgram;
import org.inferchip.program.Placement;
import org.inferchip.program.Task;
import org.inferchip.program.TaskList;
import org.inferchip.program.TileProgram;

/**
 * Programs whose streams all do equally many items that are alike, such as the pieces of a large
 * message: beginnings of {@value #STEP} items and of twice as many are simulated, and the rest goes
 * on at the pace of the difference. Beginning and end of the program are in both. The pieces of
 * many lanes overtake each other, so their states never repeat as {@link Steady} asks; their pace
 * does, and the time is within 1 % of that of all items. Messages that differ in length only begin
 * alike, so that beginnings are remembered ({@link Beginnings}); not those of pieces that are
 * merely even ({@link TileProgram#even}).
 */
final class Pace {
  /** Items by which the two beginnings differ. */
  static final int STEP = TileProgram.EVEN_ITEMS;

  /** Programs of fewer steps are simulated whole. */
  private static final int WORTH = 3;

  private Pace() {}

  /** Whether a program is of this kind, and long enough. */
  static boolean suits(final TileProgram program) {
    final int items = program.items(0);
    boolean suits = items >= WORTH * STEP;
    for (int stream = 0; suits && stream < program.streams(); stream++) {
      suits = program.items(stream) == items && (program.even() || isAlike(program, stream));
    }
    return suits;
  }

  private static boolean isAlike(final TileProgram program, final int stream) {
    return program.alike(stream, 0) == program.items(stream);
  }

  /**
   * Times a program by its beginnings.
   *
   * @param counters of the whole program
   * @param timing of a beginning, given the digest of what it depends on, where items are alike
   */
  static Timing timing(
      final TileProgram program,
      final Counters counters,
      final Shapes shapes,
      final BiFunction<Optional<Long>, TileProgram, Timing> timing) {
    final Optional<Long> digest =
        isAlike(program, 0) ? Optional.of(digest(program, shapes)) : Optional.empty();
    final Timing fewer = timing.apply(digest.map(d -> 2 * d), new Beginning(program, STEP));
    final Timing some = timing.apply(digest.map(d -> 2 * d + 1), new Beginning(program, 2 * STEP));
    return on(some, fewer, program.items(0) - 2 * STEP, counters);
  }

  /** A digest of all that the timing of the first items depends on, beside the chip. */
  private static long digest(final TileProgram program, final Shapes shapes) {
    final TaskList tasks = new TaskList();
    final Placement placement = program.placement();
    long digest = program.streams();
    for (final Buffer buffer : program.buffers()) {
      digest = mix(mix(digest, buffer.depth()), buffer.slotBytes());
    }
    for (int stream = 0; stream < program.streams(); stream++) {
      digest = mix(mix(digest, placement.device(stream)), placement.coreGroup(stream));
      digest = mix(mix(digest, placement.core(stream)), placement.array(stream));
      for (int block = 0; block < program.blocks(stream, 0); block++) {
        digest = mix(digest, program.trips(stream, 0, block));
        tasks.fill(program, stream, 0, block, 0);
        for (int i = 0; i < tasks.size(); i++) {
          final Task task = tasks.get(i);
          final Shape shape = shapes.of(task, placement.coreGroup(stream));
          digest = mix(mix(digest, task.shape()), task.toStream);
          digest = mix(mix(digest, shape.sharedBytes), shape.memoryBytes);
        }
      }
    }
    return digest;
  }

  private static long mix(final long hash, final long value) {
    final long h = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return h ^ h >>> 29;
  }

  private static Timing on(
      final Timing some, final Timing fewer, final long more, final Counters counters) {
    final long makespan = on(some.makespanPicos(), fewer.makespanPicos(), more);
    final List<Timing.UnitUse> units = new ArrayList<>();
    for (int i = 0; i < some.units().size(); i++) {
      units.add(on(some.units().get(i), fewer.units().get(i), more, makespan));
    }
    final double resident =
        resident(some) + more * Math.max(0, resident(some) - resident(fewer)) / STEP;
    return new Timing(
        makespan,
        counters,
        Math.min(1, resident / makespan),
        List.copyOf(units),
        some.events() + fewer.events(),
        true);
  }

  private static double resident(final Timing timing) {
    return timing.residentShare() * timing.makespanPicos();
  }

  private static long on(final long some, final long fewer, final long more) {
    final long step = Math.max(0, some - fewer);
    return some + more / STEP * step + more % STEP * step / STEP;
  }

  /** Accounts of a unit; what the noise of small ones leaves goes to the largest. */
  private static Timing.UnitUse on(
      final Timing.UnitUse some, final Timing.UnitUse fewer, final long more, final long makespan) {
    final long[] a = accounts(some);
    final long[] b = accounts(fewer);
    int most = 1;
    for (int i = 0; i < a.length; i++) {
      a[i] = on(a[i], b[i], more);
      most = i > 0 && a[i] > a[most] ? i : most;
    }
    a[most] += makespan * some.instances() - Arrays.stream(a).sum();
    return new Timing.UnitUse(
        some.unit(), some.instances(), a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
  }

  private static long[] accounts(final Timing.UnitUse use) {
    return new long[] {
      use.busyPicos(),
      use.dataPicos(),
      use.slotPicos(),
      use.linkPicos(),
      use.dependencePicos(),
      use.unitPicos(),
      use.interferencePicos(),
      use.donePicos()
    };
  }

  /** The first items of each stream. */
  private record Beginning(TileProgram program, int items) implements DerivedProgram {
    @Override
    public int items(final int stream) {
      return items;
    }

    @Override
    public int alike(final int stream, final int item) {
      return Math.min(program.alike(stream, item), items - item);
    }
  }
}
