package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import org.inferchip.arch.Chip;
import org.inferchip.program.Buffer;
import org.inferchip.program.DerivedProgram;
import org.inferchip.program.Hashing;
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
 * alike, so that beginnings are remembered ({@link Beginnings}). Of pieces that are merely even
 * ({@link TileProgram#even}) those of the two round sizes on both sides are, and the time lies
 * between theirs ({@link TileProgram#between}).
 */
final class Pace {
  /** Items by which the two beginnings differ. */
  static final int STEP = TileProgram.EVEN_ITEMS;

  /** Programs of fewer steps are simulated whole. */
  private static final int WORTH = 3;

  private final Chip chip;
  private final Beginnings beginnings;
  private final Function<TileProgram, Timing> whole;

  /**
   * Of programs on a chip.
   *
   * @param beginnings that are known
   * @param whole times a program without a pace
   */
  Pace(final Chip chip, final Beginnings beginnings, final Function<TileProgram, Timing> whole) {
    this.chip = chip;
    this.beginnings = beginnings;
    this.whole = whole;
  }

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
   * Times a program by its beginnings, or by those of the two between whose sizes its own lie.
   *
   * @param counters of the whole program
   */
  Timing timing(final TileProgram program, final Counters counters, final Shapes shapes) {
    if (isAlike(program, 0)) {
      return alike(program, counters, shapes);
    }
    final List<TileProgram> between = program.between();
    if (between.isEmpty()) {
      final Timing fewer = whole.apply(new Beginning(program, STEP));
      return on(whole.apply(new Beginning(program, 2 * STEP)), fewer, program.items(0), counters);
    }
    final Timing less = alike(between.get(0));
    final Timing more = alike(between.get(1));
    final double share =
        (double) (bytes(counters) - bytes(less.counters()))
            / (bytes(more.counters()) - bytes(less.counters()));
    return joined(less, more, (a, b) -> a + share * (b - a), counters);
  }

  private Timing alike(final TileProgram program) {
    final Shapes shapes = new Shapes(program, chip);
    return alike(program, new Survey(program, chip, shapes).tally().counters(), shapes);
  }

  private Timing alike(final TileProgram program, final Counters counters, final Shapes shapes) {
    final long digest = digest(program, shapes);
    final Timing fewer =
        beginnings.get(2 * digest, () -> whole.apply(new Beginning(program, STEP)));
    final Timing some =
        beginnings.get(2 * digest + 1, () -> whole.apply(new Beginning(program, 2 * STEP)));
    return on(some, fewer, program.items(0), counters);
  }

  private static long bytes(final Counters counters) {
    return counters.portReadBytes() + counters.portWriteBytes();
  }

  /** A digest of all that the timing of the first items depends on, beside the chip. */
  private static long digest(final TileProgram program, final Shapes shapes) {
    final TaskList tasks = new TaskList();
    final Placement placement = program.placement();
    long digest = program.streams();
    for (final Buffer buffer : program.buffers()) {
      digest = Hashing.mix(Hashing.mix(digest, buffer.depth()), buffer.slotBytes());
    }
    for (int stream = 0; stream < program.streams(); stream++) {
      digest =
          Hashing.mix(Hashing.mix(digest, placement.device(stream)), placement.coreGroup(stream));
      digest = Hashing.mix(Hashing.mix(digest, placement.core(stream)), placement.array(stream));
      for (int block = 0; block < program.blocks(stream, 0); block++) {
        digest = Hashing.mix(digest, program.trips(stream, 0, block));
        tasks.fill(program, stream, 0, block, 0);
        for (int i = 0; i < tasks.size(); i++) {
          final Task task = tasks.get(i);
          final Shape shape = shapes.of(task, placement.coreGroup(stream));
          digest = Hashing.mix(Hashing.mix(digest, task.shape()), task.toStream);
          digest = Hashing.mix(Hashing.mix(digest, shape.sharedBytes), shape.memoryBytes);
        }
      }
    }
    return digest;
  }

  /** What so many items take if the later ones take the difference of two beginnings. */
  private static Timing on(
      final Timing some, final Timing fewer, final int items, final Counters counters) {
    final double steps = (double) items / STEP - 2;
    return joined(some, fewer, (a, b) -> a + steps * Math.max(0, a - b), counters);
  }

  private static Timing joined(
      final Timing a, final Timing b, final DoubleBinaryOperator join, final Counters counters) {
    final long makespan = joined(a.makespanPicos(), b.makespanPicos(), join);
    final List<Timing.UnitUse> units = new ArrayList<>();
    for (int i = 0; i < a.units().size(); i++) {
      units.add(joined(a.units().get(i), b.units().get(i), join, makespan));
    }
    return new Timing(
        makespan,
        counters,
        Math.min(1, join.applyAsDouble(resident(a), resident(b)) / makespan),
        List.copyOf(units),
        a.events() + b.events(),
        true);
  }

  private static double resident(final Timing timing) {
    return timing.residentShare() * timing.makespanPicos();
  }

  private static long joined(final long a, final long b, final DoubleBinaryOperator join) {
    return Math.round(join.applyAsDouble(a, b));
  }

  /** Accounts of a unit; what the noise of small ones leaves goes to the largest. */
  private static Timing.UnitUse joined(
      final Timing.UnitUse one,
      final Timing.UnitUse other,
      final DoubleBinaryOperator join,
      final long makespan) {
    final long[] a = accounts(one);
    final long[] b = accounts(other);
    int most = 1;
    for (int i = 0; i < a.length; i++) {
      a[i] = joined(a[i], b[i], join);
      most = i > 0 && a[i] > a[most] ? i : most;
    }
    a[most] += makespan * one.instances() - Arrays.stream(a).sum();
    return new Timing.UnitUse(
        one.unit(), one.instances(), a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
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

    @Override
    public long itemKey(final int stream, final int item) {
      return program.itemKey(stream, item);
    }
  }
}
