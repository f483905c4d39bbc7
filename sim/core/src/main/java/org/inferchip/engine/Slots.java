package org.inferchip.engine;

/**
 * The buffers of all streams as counters: a slot queue (stream x buffers + buffer) is how often it
 * was opened, filled and released. Which slot a task reads, and which step of a sum it is, follows
 * from the order of issue.
 */
final class Slots {
  private static final int NONE = -1;
  private static final long MASK = 0xffffffffL;

  private final int[] depth;
  private final int[] opened;
  private final int[] filled;
  private final int[] released;
  private final int[] issuedReleases;
  private final int[] issuedSteps;
  private final int[] startedSteps;
  private final int[] stepLane;
  private final long[] stepEnd;
  private final long[] lastFill;
  private final byte[] producer;

  /**
   * Empty buffers.
   *
   * @param streams streams
   * @param depth slots of each buffer of a stream
   */
  Slots(final int streams, final int[] depth) {
    final int queues = streams * depth.length;
    this.depth = depth;
    opened = new int[queues];
    filled = new int[queues];
    released = new int[queues];
    issuedReleases = new int[queues];
    issuedSteps = new int[queues];
    startedSteps = new int[queues];
    stepLane = new int[queues];
    stepEnd = new long[queues];
    lastFill = new long[queues];
    producer = new byte[queues];
  }

  /** Issue: the number of the slot that a task reads; the next reader gets the next if released. */
  int issueRead(final int queue, final boolean releases) {
    return releases ? issuedReleases[queue]++ : issuedReleases[queue];
  }

  /** Issue: a lane writes into the queue. */
  void issueWrite(final int queue, final int kind) {
    producer[queue] = (byte) kind;
  }

  /**
   * Issue: a step of a sum.
   *
   * @return how many steps must have started before it, if the last of them is on another unit;
   *     otherwise -1, since steps on one unit follow each other anyway
   */
  int issueStep(final int queue, final int lane, final boolean opens) {
    final int before = issuedSteps[queue]++;
    final boolean elsewhere = !opens && stepLane[queue] != lane;
    stepLane[queue] = lane;
    return elsewhere ? before : NONE;
  }

  /** Whether a slot has been filled. */
  boolean isFilled(final int queue, final int number) {
    return filled[queue] > number;
  }

  /** Whether the queue's writer is a load or a send, not another unit of the stream. */
  boolean comesFromAfar(final int queue) {
    return producer[queue] == Shape.LOAD || producer[queue] == Shape.SEND;
  }

  /** Whether a slot may be opened. */
  boolean hasCredit(final int queue, final int buffer) {
    return opened[queue] - released[queue] < depth[buffer];
  }

  /** Whether so many steps of sums have started. */
  boolean hasStarted(final int queue, final int steps) {
    return startedSteps[queue] >= steps;
  }

  /** When the result of the step that started last may be used. */
  long stepEnd(final int queue) {
    return stepEnd[queue];
  }

  /** Draws fillings, credits and steps of sums that are under way. */
  void draw(final Picture picture) {
    for (int queue = 0; queue < opened.length; queue++) {
      picture.equal(
          (long) (opened[queue] - filled[queue]) << 32 | opened[queue] - released[queue] & MASK);
      picture.equal(
          (long) (issuedReleases[queue] - released[queue]) << 32
              | issuedSteps[queue] - startedSteps[queue] & MASK);
      picture.equal((long) stepLane[queue] << 8 | producer[queue]);
      picture.instant(stepEnd[queue]);
      picture.instant(lastFill[queue]);
    }
  }

  /** How many slots the next reader's number is past a number. */
  int behind(final int queue, final int number) {
    return issuedReleases[queue] - number;
  }

  /** Steps of sums that were issued after one. */
  int stepsBehind(final int queue, final int number) {
    return issuedSteps[queue] - number;
  }

  /** Puts all that is to come off. */
  void delay(final long picos) {
    for (int queue = 0; queue < opened.length; queue++) {
      stepEnd[queue] += picos;
      lastFill[queue] += picos;
    }
  }

  /** Start: opens a slot. */
  void open(final int queue) {
    opened[queue]++;
  }

  /** Start: a step of a sum. */
  void step(final int queue, final long endPicos) {
    startedSteps[queue]++;
    stepEnd[queue] = endPicos;
  }

  /** Start: when the slot will be filled; fills of a queue do not overtake each other. */
  long fillAt(final int queue, final long endPicos) {
    lastFill[queue] = Math.max(endPicos, lastFill[queue]);
    return lastFill[queue];
  }

  /** End of latency. */
  void fill(final int queue) {
    filled[queue]++;
  }

  /** End of the last reader's occupancy. */
  void release(final int queue) {
    released[queue]++;
  }
}
