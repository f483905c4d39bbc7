package org.inferchip.engine;

/**
 * The buffers of all streams as counters: a slot queue (stream x buffers + buffer) is how often it
 * was opened, filled and released. Which slot a task reads, and which step of a sum it is, follows
 * from the order of issue. What is counted of a queue stands together, for one event looks at most
 * of it.
 */
final class Slots {
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

  // Places of the times of a queue.
  private static final int TIMES = 2;
  private static final int STEP_END = 0;
  private static final int LAST_FILL = 1;

  private final int[] depth;
  private final int[] counts;
  private final long[] times;

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
    times = new long[TIMES * queues];
  }

  /** Issue: the number of the slot that a task reads; the next reader gets the next if released. */
  int issueRead(final int queue, final boolean releases) {
    final int place = COUNTS * queue + ISSUED_RELEASES;
    return releases ? counts[place]++ : counts[place];
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

  /** Whether a slot has been filled. */
  boolean isFilled(final int queue, final int number) {
    return counts[COUNTS * queue + FILLED] > number;
  }

  /** Whether the queue's writer is a load or a send, not another unit of the stream. */
  boolean comesFromAfar(final int queue) {
    final int producer = counts[COUNTS * queue + PRODUCER];
    return producer == Shape.LOAD || producer == Shape.SEND;
  }

  /** Whether a slot may be opened. */
  boolean hasCredit(final int queue, final int buffer) {
    final int base = COUNTS * queue;
    return counts[base + OPENED] - counts[base + RELEASED] < depth[buffer];
  }

  /** Whether so many steps of sums have started. */
  boolean hasStarted(final int queue, final int steps) {
    return counts[COUNTS * queue + STARTED_STEPS] >= steps;
  }

  /** When the result of the step that started last may be used. */
  long stepEnd(final int queue) {
    return times[TIMES * queue + STEP_END];
  }

  /** Draws fillings, credits and steps of sums that are under way. */
  void draw(final Picture picture) {
    for (int base = 0; base < counts.length; base += COUNTS) {
      final int opened = counts[base + OPENED];
      final int released = counts[base + RELEASED];
      picture.equal((long) (opened - counts[base + FILLED]) << 32 | opened - released & MASK);
      picture.equal(
          (long) (counts[base + ISSUED_RELEASES] - released) << 32
              | counts[base + ISSUED_STEPS] - counts[base + STARTED_STEPS] & MASK);
      picture.equal((long) counts[base + STEP_LANE] << 8 | counts[base + PRODUCER]);
    }
    for (final long time : times) {
      picture.instant(time);
    }
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
    times[TIMES * queue + STEP_END] = endPicos;
  }

  /** Start: when the slot will be filled; fills of a queue do not overtake each other. */
  long fillAt(final int queue, final long endPicos) {
    final int place = TIMES * queue + LAST_FILL;
    times[place] = Math.max(endPicos, times[place]);
    return times[place];
  }

  /** End of latency. */
  void fill(final int queue) {
    counts[COUNTS * queue + FILLED]++;
  }

  /** End of the last reader's occupancy. */
  void release(final int queue) {
    counts[COUNTS * queue + RELEASED]++;
  }
}
