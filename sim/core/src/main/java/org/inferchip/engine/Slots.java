package org.inferchip.engine;

import java.util.Arrays;

/**
 * The buffers of all streams as counters: a slot queue (stream x buffers + buffer) is how often it
 * was opened, filled and released. Which slot a task reads, and which step of a sum it is, follows
 * from the order of issue. Tasks say at their start when they are going to fill and release, so
 * that whoever waits knows until when; fillings of a queue do not overtake each other, nor do
 * releases.
 *
 * <p>What is counted of a queue stands together, for one event looks at most of it; so do its
 * times, those of the last fillings and releases in rings.
 */
final class Slots {
  /** A time that is not known yet. */
  static final long UNKNOWN = Long.MAX_VALUE;

  private static final int NONE = -1;
  private static final long MASK = 0xffffffffL;

  // Places of the counts of a queue.
  private static final int COUNTS = 8;
  private static final int OPENED = 0;
  private static final int FILLED = 1;
  private static final int RELEASED = 2;
  private static final int ISSUED_RELEASES = 3;
  private static final int ISSUED_STEPS = 4;
  private static final int STARTED_STEPS = 5;
  private static final int STEP_LANE = 6;
  private static final int PRODUCER = 7;

  private final int[] depth;
  private final int[] counts;

  /** By queue: the end of its last step, the ring of fillings, the ring of releases. */
  private final long[] times;

  /** By queue: where its times begin. */
  private final int[] place;

  /** By buffer: entries of a ring, a power of two. */
  private final int[] ring;

  /**
   * Empty buffers.
   *
   * @param streams streams
   * @param depth slots of each buffer of a stream
   */
  Slots(final int streams, final int[] depth) {
    final int queues = streams * depth.length;
    this.depth = depth;
    counts = new int[COUNTS * queues];
    ring = Arrays.stream(depth).map(d -> Integer.highestOneBit(Math.max(1, 2 * d - 1))).toArray();
    place = new int[queues + 1];
    for (int queue = 0; queue < queues; queue++) {
      place[queue + 1] = place[queue] + 1 + 2 * ring[queue % depth.length];
    }
    times = new long[place[queues]];
  }

  /** Issue: the number of the slot that a task reads; the next reader gets the next if released. */
  int issueRead(final int queue, final boolean releases) {
    final int count = COUNTS * queue + ISSUED_RELEASES;
    return releases ? counts[count]++ : counts[count];
  }

  /** Issue: a lane writes into the queue. */
  void issueWrite(final int queue, final int kind) {
    counts[COUNTS * queue + PRODUCER] = kind;
  }

  /**
   * Issue: a step of a sum.
   *
   * @return how many steps must have started before it, if the last of them is on another unit;
   *     otherwise -1, since steps on one unit follow each other anyway
   */
  int issueStep(final int queue, final int lane, final boolean opens) {
    final int base = COUNTS * queue;
    final int before = counts[base + ISSUED_STEPS]++;
    final boolean elsewhere = !opens && counts[base + STEP_LANE] != lane;
    counts[base + STEP_LANE] = lane;
    return elsewhere ? before : NONE;
  }

  /** When a slot is filled; {@link #UNKNOWN} while the task that fills it has not started. */
  long filledAt(final int queue, final int buffer, final int number) {
    final int filled = counts[COUNTS * queue + FILLED];
    if (number >= filled) {
      return UNKNOWN;
    }
    // What was overwritten in the ring has been read, so it is past.
    return number < filled - ring[buffer]
        ? 0
        : times[place[queue] + 1 + (number & ring[buffer] - 1)];
  }

  /** When a slot may be opened; {@link #UNKNOWN} while no reader that releases one has started. */
  long creditAt(final int queue, final int buffer) {
    final int base = COUNTS * queue;
    final int number = counts[base + OPENED] - depth[buffer];
    if (number >= counts[base + RELEASED]) {
      return UNKNOWN;
    }
    return number < 0 ? 0 : times[releases(queue, buffer) + (number & ring[buffer] - 1)];
  }

  private int releases(final int queue, final int buffer) {
    return place[queue] + 1 + ring[buffer];
  }

  /** When so many steps of sums have ended; {@link #UNKNOWN} while they have not all started. */
  long stepsEndAt(final int queue, final int steps) {
    return counts[COUNTS * queue + STARTED_STEPS] >= steps ? times[place[queue]] : UNKNOWN;
  }

  /** Whether the queue's writer is a load or a send, not another unit of the stream. */
  boolean comesFromAfar(final int queue) {
    final int producer = counts[COUNTS * queue + PRODUCER];
    return producer == Shape.LOAD || producer == Shape.SEND;
  }

  /** Draws fillings, credits and steps of sums that are under way. */
  void draw(final Picture picture) {
    for (int queue = 0; queue < place.length - 1; queue++) {
      final int base = COUNTS * queue;
      final int buffer = queue % depth.length;
      final int opened = counts[base + OPENED];
      final int released = counts[base + RELEASED];
      picture.equal((long) (opened - counts[base + FILLED]) << 32 | opened - released & MASK);
      picture.equal(
          (long) (counts[base + ISSUED_RELEASES] - released) << 32
              | counts[base + ISSUED_STEPS] - counts[base + STARTED_STEPS] & MASK);
      picture.equal((long) counts[base + STEP_LANE] << 8 | counts[base + PRODUCER]);
      picture.instant(times[place[queue]]);
      pending(picture, place[queue] + 1, counts[base + FILLED], ring[buffer]);
      pending(picture, releases(queue, buffer), released, ring[buffer]);
    }
  }

  /** Draws what is ahead of a ring, the latest first. */
  private void pending(
      final Picture picture, final int begin, final int numbers, final int length) {
    int ahead = 0;
    while (ahead < length && times[begin + (numbers - 1 - ahead & length - 1)] > picture.at()) {
      picture.instant(times[begin + (numbers - 1 - ahead & length - 1)]);
      ahead++;
    }
    picture.equal(ahead);
  }

  /** How many slots the next reader's number is past a number. */
  int behind(final int queue, final int number) {
    return counts[COUNTS * queue + ISSUED_RELEASES] - number;
  }

  /** Steps of sums that were issued after one. */
  int stepsBehind(final int queue, final int number) {
    return counts[COUNTS * queue + ISSUED_STEPS] - number;
  }

  /** Puts all that is to come off. */
  void delay(final long picos) {
    for (int i = 0; i < times.length; i++) {
      times[i] += picos;
    }
  }

  /** Start: opens a slot. */
  void open(final int queue) {
    counts[COUNTS * queue + OPENED]++;
  }

  /** Start: a step of a sum. */
  void step(final int queue, final long endPicos) {
    counts[COUNTS * queue + STARTED_STEPS]++;
    times[place[queue]] = endPicos;
  }

  /** Start: when the next slot is going to be filled, not before the one before it. */
  long fill(final int queue, final int buffer, final long endPicos) {
    return append(COUNTS * queue + FILLED, place[queue] + 1, ring[buffer], endPicos);
  }

  /** Start: when the last reader of a slot is going to leave it. */
  void release(final int queue, final int buffer, final long picos) {
    append(COUNTS * queue + RELEASED, releases(queue, buffer), ring[buffer], picos);
  }

  private long append(final int count, final int begin, final int length, final long picos) {
    final int number = counts[count]++;
    final long time = Math.max(picos, times[begin + (number - 1 & length - 1)]);
    times[begin + (number & length - 1)] = time;
    return time;
  }
}
