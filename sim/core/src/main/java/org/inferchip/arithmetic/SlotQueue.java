package org.inferchip.arithmetic;

import java.util.ArrayDeque;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Buffer;

/** One stream's instance of a buffer: open slots, oldest first, and free ones to use again. */
final class SlotQueue {
  final Buffer buffer;

  /** Whether slots hold sums of integers, rather than indices. */
  private final boolean integers;

  private final ArrayDeque<Slot> open = new ArrayDeque<>();
  private final ArrayDeque<Slot> free = new ArrayDeque<>();

  SlotQueue(final Buffer buffer, final Operator operator) {
    this.buffer = buffer;
    this.integers = buffer.format() == Format.INT32 && operator instanceof MatMul;
  }

  boolean hasRoom() {
    return open.size() < buffer.depth();
  }

  /** Opens a slot; its values are undefined. */
  Slot open() {
    if (!hasRoom()) {
      throw new ScheduleFault("no free slot of " + buffer.name());
    }
    final Slot slot = free.isEmpty() ? new Slot(buffer, integers) : free.pop();
    slot.reset();
    open.addLast(slot);
    return slot;
  }

  /** Whether the oldest slot can be read. */
  boolean isReadable() {
    return !open.isEmpty() && open.peekFirst().filled;
  }

  /** The oldest slot. */
  Slot oldest() {
    if (!isReadable()) {
      throw new ScheduleFault("reads a slot of " + buffer.name() + " that no task has filled");
    }
    return open.peekFirst();
  }

  /** The newest slot, which must be under accumulation. */
  Slot accumulating() {
    final Slot newest = open.peekLast();
    if (newest == null || newest.filled) {
      throw new ScheduleFault("adds to a sum in " + buffer.name() + " that was not started");
    }
    return newest;
  }

  /** Gives the oldest slot back. */
  void release() {
    final Slot slot = open.pollFirst();
    if (slot == null) {
      throw new ScheduleFault("releases a slot of " + buffer.name() + " twice");
    }
    free.push(slot);
  }
}
