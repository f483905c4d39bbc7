package org.inferchip.engine;

/**
 * When the first task of a lane may start, unit aside: once the stream that it names has finished
 * enough items, its operands are filled, its slot has a credit, and the sum that it adds to is its
 * to add to. Of most of that the time is known as soon as the tasks that bring it about have
 * started; for what is not, the lane waits in the list of what has to start ({@link Waiters}).
 */
final class Readiness {
  /** A time that is not known yet: the lane waits in a list. */
  static final long UNKNOWN = Slots.UNKNOWN;

  private static final int NONE = -1;

  private final Folding folding;
  private final Lanes lanes;
  private final Slots slots;
  private final UnitAccount account;
  private final Waiters waiters;
  private final int buffers;
  private final int[] itemsDone;

  // Lists of lanes, by slot queue: for a filling (from 0 on), a credit, a turn; by stream: items.
  private final int creditLists;
  private final int turnLists;
  private final int itemLists;

  private long now;
  private int lane;
  private long ready;
  private int cause;

  Readiness(
      final Folding folding,
      final Lanes lanes,
      final Slots slots,
      final UnitAccount account,
      final Waiters waiters,
      final int buffers,
      final int[] itemsDone) {
    this.folding = folding;
    this.lanes = lanes;
    this.slots = slots;
    this.account = account;
    this.waiters = waiters;
    this.buffers = buffers;
    this.itemsDone = itemsDone;
    creditLists = folding.size() * buffers;
    turnLists = 2 * creditLists;
    itemLists = 3 * creditLists;
  }

  /** Lists that it takes of the waiters: the first. */
  static int lists(final int streams, final int buffers) {
    return 3 * streams * buffers + streams;
  }

  /** The list that waits for fillings of a queue to begin. */
  int fillList(final int queue) {
    return queue;
  }

  /** The list that waits for releases of a queue to begin. */
  int creditList(final int queue) {
    return creditLists + queue;
  }

  /** The list that waits for steps of a sum. */
  int turnList(final int queue) {
    return turnLists + queue;
  }

  /** The list that waits for items of a stream. */
  int itemList(final int stream) {
    return itemLists + stream;
  }

  /**
   * When a lane's first task may start, not before now; {@link #UNKNOWN} if that hangs on a task
   * that has not started, for which the lane then waits.
   */
  long of(final int ofLane, final int entry, final Shape shape, final long from) {
    now = from;
    lane = ofLane;
    ready = from;
    final int stream = lane / Shape.LANES;
    final int base = stream * buffers;
    if (shape.waits && itemsDone[lanes.afterStream(entry)] < lanes.afterItems(entry)) {
      return hold(itemList(lanes.afterStream(entry)), UnitAccount.DEPENDENCE);
    }
    if (shape.a >= 0 && !reads(base + shape.a, shape.a, lanes.slot(entry, 0))
        || shape.b >= 0 && !reads(base + shape.b, shape.b, lanes.slot(entry, 1))
        || shape.c >= 0 && !reads(base + shape.c, shape.c, lanes.slot(entry, 2))) {
      return UNKNOWN;
    }
    if (shape.to >= 0) {
      final int target = target(stream, entry, shape);
      if (shape.toOpens && !opens(target, shape.to) || !adds(target, lanes.writeTurn(entry))) {
        return UNKNOWN;
      }
    }
    if (shape.accumulator >= 0) {
      final int target = base + shape.accumulator;
      if (shape.accumulatorOpens && !opens(target, shape.accumulator)
          || !adds(target, lanes.accumulatorTurn(entry))) {
        return UNKNOWN;
      }
    }
    if (ready > now) {
      account.stall(lane, cause, now);
    }
    return ready;
  }

  /**
   * Whether a first task for which a time was given may start now that it has come: another writer
   * may have taken the slot that had a credit then; all else stays as it was.
   */
  boolean keeps(final int ofLane, final int entry, final Shape shape, final long at) {
    final int stream = ofLane / Shape.LANES;
    return (!shape.toOpens || slots.creditAt(target(stream, entry, shape), shape.to) <= at)
        && (!shape.accumulatorOpens
            || slots.creditAt(stream * buffers + shape.accumulator, shape.accumulator) <= at);
  }

  /** The queue that a task writes. */
  private int target(final int stream, final int entry, final Shape shape) {
    final int of =
        shape.lane == Shape.SEND ? folding.representative(lanes.toStream(entry)) : stream;
    return of * buffers + shape.to;
  }

  private boolean reads(final int queue, final int buffer, final int number) {
    final long time = slots.filledAt(queue, buffer, number);
    return time <= now
        || waits(
            time,
            fillList(queue),
            slots.comesFromAfar(queue) ? UnitAccount.DATA : UnitAccount.UNIT);
  }

  private boolean opens(final int queue, final int buffer) {
    final long time = slots.creditAt(queue, buffer);
    return time <= now || waits(time, creditList(queue), UnitAccount.SLOT);
  }

  private boolean adds(final int queue, final int stepsBefore) {
    if (stepsBefore == NONE) {
      return true;
    }
    final long time = slots.stepsEndAt(queue, stepsBefore);
    return time <= now || waits(time, turnList(queue), UnitAccount.UNIT);
  }

  /** Whether the time is known: then the latest counts. */
  private boolean waits(final long time, final int list, final int why) {
    if (time == UNKNOWN) {
      hold(list, why);
      return false;
    }
    if (time > ready) {
      ready = time;
      cause = why;
    }
    return true;
  }

  private long hold(final int list, final int why) {
    account.stall(lane, why, now);
    waiters.add(list, lane);
    return UNKNOWN;
  }
}
