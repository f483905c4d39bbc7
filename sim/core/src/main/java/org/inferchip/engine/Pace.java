package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.inferchip.program.DerivedProgram;
import org.inferchip.program.TileProgram;

/**
 * Programs whose streams all do equally many items that are alike, such as the pieces of a large
 * message: a shorter and a longer beginning are simulated, {@value #STEP} items apart, and the rest
 * goes on at the pace of that difference. Beginning and end of the program are in both. The pieces
 * of many lanes overtake each other, so their states never repeat as {@link Steady} asks; their
 * pace does, and the time is within 1 % of that of all items.
 */
final class Pace {
  /** Items by which the two beginnings differ. */
  static final int STEP = 12;

  /**
   * Beginnings are of 2 to 3 steps and one less; fewer than this many steps are simulated whole.
   */
  private static final int WORTH = 5;

  private Pace() {}

  /** Whether a program is of this kind, and long enough. */
  static boolean suits(final TileProgram program) {
    final int items = program.items(0);
    boolean suits = items >= WORTH * STEP;
    for (int stream = 0; suits && stream < program.streams(); stream++) {
      suits = program.items(stream) == items && program.alike(stream, 0) == items;
    }
    return suits;
  }

  /**
   * Times a program by its beginnings.
   *
   * @param counters of the whole program
   * @param simulation times a program; nothing if it takes too long
   */
  static Optional<Timing> timing(
      final TileProgram program,
      final Counters counters,
      final Function<TileProgram, Optional<Timing>> simulation) {
    final int items = program.items(0);
    final int longer = 2 * STEP + items % STEP;
    final long times = (items - longer) / STEP;
    final Optional<Timing> some = simulation.apply(new Beginning(program, longer));
    final Optional<Timing> fewer = simulation.apply(new Beginning(program, longer - STEP));
    return some.isEmpty() || fewer.isEmpty()
        ? Optional.empty()
        : Optional.of(on(some.get(), fewer.get(), times, counters));
  }

  private static Timing on(
      final Timing some, final Timing fewer, final long times, final Counters counters) {
    final long makespan = on(some.makespanPicos(), fewer.makespanPicos(), times);
    final List<Timing.UnitUse> units = new ArrayList<>();
    for (int i = 0; i < some.units().size(); i++) {
      units.add(on(some.units().get(i), fewer.units().get(i), times, makespan));
    }
    final double resident = resident(some) + times * Math.max(0, resident(some) - resident(fewer));
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

  private static long on(final long some, final long fewer, final long times) {
    return some + times * Math.max(0, some - fewer);
  }

  /** Accounts of a unit; what the noise of small ones leaves goes to the largest. */
  private static Timing.UnitUse on(
      final Timing.UnitUse some,
      final Timing.UnitUse fewer,
      final long times,
      final long makespan) {
    final long[] a = accounts(some);
    final long[] b = accounts(fewer);
    int most = 1;
    for (int i = 0; i < a.length; i++) {
      a[i] = on(a[i], b[i], times);
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
      return items - item;
    }
  }
}
