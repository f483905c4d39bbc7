package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Busy time and causes of idling of each unit. Every picosecond of a unit between 0 and the
 * makespan is in exactly one account; {@link #close} checks that.
 *
 * <p>The cause of a unit that serves several streams is the first, in the order of the constants
 * below, among its streams: a unit is done only when all its streams are.
 */
final class UnitAccount {
  /** Waiting for data to arrive from a load or a link. */
  static final int DATA = 0;

  /** Waiting for a free slot. */
  static final int SLOT = 1;

  /** Waiting behind others in a pipe. */
  static final int LINK = 2;

  /** Waiting for another stream's items. */
  static final int DEPENDENCE = 3;

  /** Waiting for another unit of the stream. */
  static final int UNIT = 4;

  /** No more work. */
  static final int DONE = 5;

  /** Slowed by the core's own transfers while it works. */
  static final int INTERFERENCE = 6;

  private static final int CAUSES = 7;

  // Times of a unit: idle by cause, then these.
  private static final int TIMES = 10;
  private static final int BUSY = 7;
  private static final int FREE_AT = 8;
  private static final int ACCOUNTED = 9;

  private final Layout layout;

  /** By unit: the times above, side by side, since a task asks for all of them. */
  private final long[] book;

  private final byte[] cause;
  private final byte[] laneCause;

  /** By unit and cause: its lanes that have it; of units with several lanes. */
  private final int[] lanesOf;

  UnitAccount(final Layout layout) {
    this.layout = layout;
    book = new long[layout.units * TIMES];
    cause = new byte[layout.units];
    laneCause = new byte[layout.unitOf.length];
    Arrays.fill(cause, (byte) DONE);
    Arrays.fill(laneCause, (byte) DONE);
    lanesOf = new int[layout.units * CAUSES];
    for (int unit = 0; unit < layout.units; unit++) {
      lanesOf[unit * CAUSES + DONE] = layout.unitLanes[unit];
    }
  }

  /** When the unit may take its next task. */
  long freeAt(final int unit) {
    return book[unit * TIMES + FREE_AT];
  }

  /** The head of a lane cannot start now, for a cause. */
  void stall(final int lane, final int why, final long now) {
    final int before = laneCause[lane];
    if (before == why) {
      return;
    }
    laneCause[lane] = (byte) why;
    final int unit = layout.unitOf[lane];
    final int base = unit * CAUSES;
    lanesOf[base + before]--;
    lanesOf[base + why]++;
    byte first = (byte) Math.min(why, cause[unit]);
    while (lanesOf[base + first] == 0) {
      first++;
    }
    if (first != cause[unit]) {
      settle(unit, now);
      cause[unit] = first;
    }
  }

  /** A task starts: busy for a time; until the unit is free, in a pipe's queue or slowed. */
  void start(final int unit, final long now, final long busyPicos, final long freePicos) {
    settle(unit, now);
    final long work = Math.min(busyPicos, freePicos - now);
    book[unit * TIMES + BUSY] += work;
    final int slow = layout.laneKind[unit] == Shape.MATRIX ? INTERFERENCE : LINK;
    book[unit * TIMES + slow] += freePicos - now - work;
    book[unit * TIMES + FREE_AT] = freePicos;
    book[unit * TIMES + ACCOUNTED] = freePicos;
  }

  private void settle(final int unit, final long now) {
    if (now > book[unit * TIMES + ACCOUNTED]) {
      book[unit * TIMES + cause[unit]] += now - book[unit * TIMES + ACCOUNTED];
      book[unit * TIMES + ACCOUNTED] = now;
    }
  }

  /** Draws when units fall free, and the accounts. */
  void draw(final Picture picture) {
    for (int unit = 0; unit < layout.units; unit++) {
      picture.instant(book[unit * TIMES + FREE_AT]);
      picture.total(book[unit * TIMES + ACCOUNTED]);
      picture.total(book[unit * TIMES + BUSY]);
      for (int account = unit * TIMES; account < unit * TIMES + CAUSES; account++) {
        picture.total(book[account]);
      }
    }
  }

  /**
   * Adds so often again what was booked since a picture, and puts off what is to come. What
   * rounding leaves goes to the largest account of a unit.
   */
  void repeat(final long times, final long picos, final long now, final Picture since) {
    for (int unit = 0; unit < layout.units; unit++) {
      final long time =
          book[unit * TIMES + ACCOUNTED] + times * since.grown(book[unit * TIMES + ACCOUNTED]);
      final long target =
          book[unit * TIMES + ACCOUNTED] > now
              ? book[unit * TIMES + ACCOUNTED] + picos
              : Math.min(time, now + picos);
      final long busier = since.grown(book[unit * TIMES + BUSY]);
      book[unit * TIMES + BUSY] += times * busier;
      int most = unit * TIMES;
      long longest = 0;
      for (int account = unit * TIMES; account < unit * TIMES + CAUSES; account++) {
        final long longer = since.grown(book[account]);
        book[account] += times * longer;
        if (longer > longest) {
          most = account;
          longest = longer;
        }
      }
      if (busier > longest) {
        book[unit * TIMES + BUSY] += target - time;
      } else {
        book[most] += target - time;
      }
      book[unit * TIMES + ACCOUNTED] = target;
      book[unit * TIMES + FREE_AT] += picos;
    }
  }

  /** Sums over the instances of each kind of unit that had any work. */
  List<Timing.UnitUse> close(final long makespan) {
    final List<Timing.UnitUse> uses = new ArrayList<>();
    for (int kind = 0; kind < Shape.LANES; kind++) {
      final long[] sum = new long[CAUSES];
      int instances = 0;
      long busySum = 0;
      for (int unit = 0; unit < layout.units; unit++) {
        if (layout.laneKind[unit] == kind) {
          settle(unit, makespan);
          check(unit, makespan);
          final int times = layout.unitMultiplicity[unit];
          instances += times;
          busySum += book[unit * TIMES + BUSY] * times;
          for (int why = 0; why < CAUSES; why++) {
            sum[why] += book[unit * TIMES + why] * times;
          }
        }
      }
      if (busySum > 0) {
        uses.add(
            new Timing.UnitUse(
                Layout.NAMES[kind],
                instances,
                busySum,
                sum[DATA],
                sum[SLOT],
                sum[LINK],
                sum[DEPENDENCE],
                sum[UNIT],
                sum[INTERFERENCE],
                sum[DONE]));
      }
    }
    return List.copyOf(uses);
  }

  private void check(final int unit, final long makespan) {
    long total = book[unit * TIMES + BUSY];
    for (int why = 0; why < CAUSES; why++) {
      total += book[unit * TIMES + why];
    }
    if (total != makespan) {
      throw new LawViolation(
          Layout.NAMES[layout.laneKind[unit]]
              + " unit "
              + unit
              + ": busy and idle make "
              + total
              + " ps of "
              + makespan);
    }
  }
}
