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

  private final Layout layout;
  private final long[] busy;
  private final long[] idle;
  private final long[] freeAt;
  private final long[] accounted;
  private final byte[] cause;
  private final byte[] laneCause;
  private final int[][] lanes;

  UnitAccount(final Layout layout) {
    this.layout = layout;
    busy = new long[layout.units];
    idle = new long[layout.units * CAUSES];
    freeAt = new long[layout.units];
    accounted = new long[layout.units];
    cause = new byte[layout.units];
    laneCause = new byte[layout.unitOf.length];
    Arrays.fill(cause, (byte) DONE);
    Arrays.fill(laneCause, (byte) DONE);
    lanes = new int[layout.units][];
    for (int unit = 0; unit < layout.units; unit++) {
      lanes[unit] = new int[layout.unitLanes[unit]];
    }
    final int[] next = new int[layout.units];
    for (int lane = 0; lane < layout.unitOf.length; lane++) {
      final int unit = layout.unitOf[lane];
      lanes[unit][next[unit]++] = lane;
    }
  }

  /** When the unit may take its next task. */
  long freeAt(final int unit) {
    return freeAt[unit];
  }

  /** The head of a lane cannot start now, for a cause. */
  void stall(final int lane, final int why, final long now) {
    laneCause[lane] = (byte) why;
    final int unit = layout.unitOf[lane];
    byte first = (byte) why;
    if (lanes[unit].length > 1) {
      for (final int other : lanes[unit]) {
        first = (byte) Math.min(first, laneCause[other]);
      }
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
    busy[unit] += work;
    final int slow = layout.laneKind[unit] == Shape.MATRIX ? INTERFERENCE : LINK;
    idle[unit * CAUSES + slow] += freePicos - now - work;
    freeAt[unit] = freePicos;
    accounted[unit] = freePicos;
  }

  private void settle(final int unit, final long now) {
    if (now > accounted[unit]) {
      idle[unit * CAUSES + cause[unit]] += now - accounted[unit];
      accounted[unit] = now;
    }
  }

  /** Draws when units fall free, and the accounts. */
  void draw(final Picture picture) {
    for (int unit = 0; unit < layout.units; unit++) {
      picture.instant(freeAt[unit]);
      picture.total(accounted[unit]);
      picture.total(busy[unit]);
      for (int account = unit * CAUSES; account < (unit + 1) * CAUSES; account++) {
        picture.total(idle[account]);
      }
    }
  }

  /**
   * Adds so often again what was booked since a picture, and puts off what is to come. What
   * rounding leaves goes to the largest account of a unit.
   */
  void repeat(final long times, final long picos, final long now, final Picture since) {
    for (int unit = 0; unit < layout.units; unit++) {
      final long time = accounted[unit] + times * since.grown(accounted[unit]);
      final long target =
          accounted[unit] > now ? accounted[unit] + picos : Math.min(time, now + picos);
      final long busier = since.grown(busy[unit]);
      busy[unit] += times * busier;
      int most = unit * CAUSES;
      long longest = 0;
      for (int account = unit * CAUSES; account < (unit + 1) * CAUSES; account++) {
        final long longer = since.grown(idle[account]);
        idle[account] += times * longer;
        if (longer > longest) {
          most = account;
          longest = longer;
        }
      }
      if (busier > longest) {
        busy[unit] += target - time;
      } else {
        idle[most] += target - time;
      }
      accounted[unit] = target;
      freeAt[unit] += picos;
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
          busySum += busy[unit] * times;
          for (int why = 0; why < CAUSES; why++) {
            sum[why] += idle[unit * CAUSES + why] * times;
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
    long total = busy[unit];
    for (int why = 0; why < CAUSES; why++) {
      total += idle[unit * CAUSES + why];
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
