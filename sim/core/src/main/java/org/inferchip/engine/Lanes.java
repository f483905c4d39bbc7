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

  // Numbers of an entry: slots read as operands a, b and c come first.
  private static final int NUMBERS = 8;
  private static final int ACCUMULATOR_TURN = 3;
  private static final int AFTER_STREAM = 4;
  private static final int AFTER_ITEMS = 5;
  private static final int TO_STREAM = 6;
  private static final int WRITE_TURN = 7;

  private static final int NONE = -1;

  private final Folding folding;
  private final Slots slots;
  private final int buffers;
  private final Shape[] ring;

  /** By entry: the numbers above. */
  private final int[] numbers;

  private final int[] head;
  private final int[] count;

  Lanes(final Folding folding, final Slots slots, final int buffers) {
    this.folding = folding;
    this.slots = slots;
    this.buffers = buffers;
    final int lanes = folding.size() * Shape.LANES;
    ring = new Shape[lanes * WINDOW];
    numbers = new int[NUMBERS * ring.length];
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
    return numbers[NUMBERS * entry + operand];
  }

  /** Steps that must have started before its step of the accumulator; -1 for any. */
  int accumulatorTurn(final int entry) {
    return numbers[NUMBERS * entry + ACCUMULATOR_TURN];
  }

  /** Steps that must have started before its step of the sum that it writes; -1 for any. */
  int writeTurn(final int entry) {
    return numbers[NUMBERS * entry + WRITE_TURN];
  }

  /** The simulated stream that it waits for. */
  int afterStream(final int entry) {
    return numbers[NUMBERS * entry + AFTER_STREAM];
  }

  /** Items of it. */
  int afterItems(final int entry) {
    return numbers[NUMBERS * entry + AFTER_ITEMS];
  }

  /** The program's stream that it sends to. */
  int toStream(final int entry) {
    return numbers[NUMBERS * entry + TO_STREAM];
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
      picture.equal(slots.behind(base + shape.a, numbers[NUMBERS * entry]));
    }
    if (shape.b >= 0) {
      picture.equal(slots.behind(base + shape.b, numbers[NUMBERS * entry + 1]));
    }
    if (shape.c >= 0) {
      picture.equal(slots.behind(base + shape.c, numbers[NUMBERS * entry + 2]));
    }
    if (numbers[NUMBERS * entry + ACCUMULATOR_TURN] != NONE) {
      picture.equal(
          slots.stepsBehind(base + shape.accumulator, numbers[NUMBERS * entry + ACCUMULATOR_TURN]));
    }
    if (numbers[NUMBERS * entry + WRITE_TURN] != NONE) {
      picture.equal(slots.stepsBehind(base + shape.to, numbers[NUMBERS * entry + WRITE_TURN]));
    }
    if (shape.waits) {
      picture.equal(
          (long) numbers[NUMBERS * entry + AFTER_STREAM] << 32
              | numbers[NUMBERS * entry + AFTER_ITEMS]);
    }
    if (shape.lane == Shape.SEND) {
      picture.equal(numbers[NUMBERS * entry + TO_STREAM]);
    }
  }

  /** Issues the cursor's task to the end of its lane, which must have room. */
  void append(final int stream, final int lane, final Cursor cursor) {
    final int entry = lane * WINDOW + (head[lane] + count[lane] & WINDOW - 1);
    final Shape shape = cursor.shape();
    final int base = stream * buffers;
    count[lane]++;
    ring[entry] = shape;
    numbers[NUMBERS * entry] = read(base, shape.a, shape.releasesA);
    numbers[NUMBERS * entry + 1] = read(base, shape.b, shape.releasesB);
    numbers[NUMBERS * entry + 2] = read(base, shape.c, shape.releasesC);
    int target = stream;
    if (shape.waits) {
      numbers[NUMBERS * entry + AFTER_STREAM] = folding.representative(cursor.afterStream());
      numbers[NUMBERS * entry + AFTER_ITEMS] = cursor.afterItems();
    }
    if (shape.lane == Shape.SEND) {
      target = folding.representative(cursor.toStream());
      numbers[NUMBERS * entry + TO_STREAM] = cursor.toStream();
    }
    numbers[NUMBERS * entry + WRITE_TURN] = NONE;
    if (shape.to >= 0) {
      slots.issueWrite(target * buffers + shape.to, shape.lane);
      if (shape.lane == Shape.VECTOR) {
        numbers[NUMBERS * entry + WRITE_TURN] =
            slots.issueStep(base + shape.to, lane, shape.toOpens);
      }
    }
    numbers[NUMBERS * entry + ACCUMULATOR_TURN] = NONE;
    if (shape.accumulator >= 0) {
      final int queue = base + shape.accumulator;
      slots.issueWrite(queue, shape.lane);
      numbers[NUMBERS * entry + ACCUMULATOR_TURN] =
          slots.issueStep(queue, lane, shape.accumulatorOpens);
    }
  }

  private int read(final int base, final int buffer, final boolean releases) {
    return buffer < 0 ? NONE : slots.issueRead(base + buffer, releases);
  }
}
