package org.inferchip.engine;

/**
 * Tasks that were issued and have not started: for each lane (stream x lanes + kind) a
 * first-in-first-out ring of {@value #WINDOW}, with the numbers that a task was given at issue. An
 * entry is a place in the rings of all lanes.
 */
final class Lanes {
  /** Tasks of a lane that were issued and have not started, at most. */
  static final int WINDOW = 32;

  /** The same of a lane of loads, which nothing needs further ahead. */
  static final int LOADS = 8;

  private static final int REFILL = 4;
  private static final int NONE = -1;

  private final Folding folding;
  private final Slots slots;
  private final int buffers;
  private final Shape[] ring;
  private final int[] reads;
  private final int[] others;
  private final int[] head;
  private final int[] count;

  Lanes(final Folding folding, final Slots slots, final int buffers) {
    this.folding = folding;
    this.slots = slots;
    this.buffers = buffers;
    final int lanes = folding.size() * Shape.LANES;
    ring = new Shape[lanes * WINDOW];
    reads = new int[4 * ring.length];
    others = new int[4 * ring.length];
    head = new int[lanes];
    count = new int[lanes];
  }

  /** Whether a lane takes no more tasks. */
  boolean isFull(final int lane) {
    return count[lane] == most(lane);
  }

  /** Whether a lane that was full has room enough for issue to go on. */
  boolean hasRoom(final int lane) {
    return count[lane] == most(lane) - REFILL;
  }

  private static int most(final int lane) {
    return lane % Shape.LANES == Shape.LOAD ? LOADS : WINDOW;
  }

  /** Tasks of a lane. */
  int count(final int lane) {
    return count[lane];
  }

  /** Entry of a lane's first task. */
  int head(final int lane) {
    return lane * WINDOW + head[lane];
  }

  /** Takes the first task off. */
  void pop(final int lane) {
    head[lane] = head[lane] + 1 & WINDOW - 1;
    count[lane]--;
  }

  Shape shape(final int entry) {
    return ring[entry];
  }

  /** The number of the slot that the task reads as its operand 0 (a), 1 (b) or 2 (c). */
  int slot(final int entry, final int operand) {
    return reads[4 * entry + operand];
  }

  /** Steps that must have started before its step of the accumulator; -1 for any. */
  int accumulatorTurn(final int entry) {
    return reads[4 * entry + 3];
  }

  /** Steps that must have started before its step of the sum that it writes; -1 for any. */
  int writeTurn(final int entry) {
    return others[4 * entry + 3];
  }

  /** The simulated stream that it waits for. */
  int afterStream(final int entry) {
    return others[4 * entry];
  }

  /** Items of it. */
  int afterItems(final int entry) {
    return others[4 * entry + 1];
  }

  /** The program's stream that it sends to. */
  int toStream(final int entry) {
    return others[4 * entry + 2];
  }

  /** Draws the tasks of all lanes, with numbers counted from the last that was issued. */
  void draw(final Picture picture) {
    for (int lane = 0; lane < count.length; lane++) {
      picture.equal(count[lane]);
      final int base = lane / Shape.LANES * buffers;
      for (int i = 0; i < count[lane]; i++) {
        final int entry = lane * WINDOW + (head[lane] + i & WINDOW - 1);
        draw(picture, entry, base);
      }
    }
  }

  private void draw(final Picture picture, final int entry, final int base) {
    final Shape shape = ring[entry];
    picture.equal(shape.id);
    if (shape.a >= 0) {
      picture.equal(slots.behind(base + shape.a, reads[4 * entry]));
    }
    if (shape.b >= 0) {
      picture.equal(slots.behind(base + shape.b, reads[4 * entry + 1]));
    }
    if (shape.c >= 0) {
      picture.equal(slots.behind(base + shape.c, reads[4 * entry + 2]));
    }
    if (reads[4 * entry + 3] != NONE) {
      picture.equal(slots.stepsBehind(base + shape.accumulator, reads[4 * entry + 3]));
    }
    if (others[4 * entry + 3] != NONE) {
      picture.equal(slots.stepsBehind(base + shape.to, others[4 * entry + 3]));
    }
    if (shape.waits) {
      picture.equal((long) others[4 * entry] << 32 | others[4 * entry + 1]);
    }
    if (shape.lane == Shape.SEND) {
      picture.equal(others[4 * entry + 2]);
    }
  }

  /** Issues the cursor's task to the end of its lane, which must have room. */
  void append(final int stream, final int lane, final Cursor cursor) {
    final int entry = lane * WINDOW + (head[lane] + count[lane] & WINDOW - 1);
    final Shape shape = cursor.shape();
    final int base = stream * buffers;
    count[lane]++;
    ring[entry] = shape;
    reads[4 * entry] = read(base, shape.a, shape.releasesA);
    reads[4 * entry + 1] = read(base, shape.b, shape.releasesB);
    reads[4 * entry + 2] = read(base, shape.c, shape.releasesC);
    int target = stream;
    if (shape.waits) {
      others[4 * entry] = folding.representative(cursor.afterStream());
      others[4 * entry + 1] = cursor.afterItems();
    }
    if (shape.lane == Shape.SEND) {
      target = folding.representative(cursor.toStream());
      others[4 * entry + 2] = cursor.toStream();
    }
    others[4 * entry + 3] = NONE;
    if (shape.to >= 0) {
      slots.issueWrite(target * buffers + shape.to, shape.lane);
      if (shape.lane == Shape.VECTOR) {
        others[4 * entry + 3] = slots.issueStep(base + shape.to, lane, shape.toOpens);
      }
    }
    reads[4 * entry + 3] = NONE;
    if (shape.accumulator >= 0) {
      final int queue = base + shape.accumulator;
      slots.issueWrite(queue, shape.lane);
      reads[4 * entry + 3] = slots.issueStep(queue, lane, shape.accumulatorOpens);
    }
  }

  private int read(final int base, final int buffer, final boolean releases) {
    return buffer < 0 ? NONE : slots.issueRead(base + buffer, releases);
  }
}
