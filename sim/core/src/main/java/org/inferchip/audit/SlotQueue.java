package org.inferchip.audit;

import java.util.ArrayDeque;
import org.inferchip.program.Buffer;

/** One stream's instance of a buffer: its open slots, oldest first. */
final class SlotQueue {
  final Buffer buffer;
  private final ArrayDeque<Slot> open = new ArrayDeque<>();
  private int writer = -1;

  SlotQueue(final Buffer buffer) {
    this.buffer = buffer;
  }

  /** Whether another slot can be opened. */
  boolean hasRoom() {
    return open.size() < buffer.depth();
  }

  Slot open() {
    final Slot slot = new Slot();
    open.addLast(slot);
    return slot;
  }

  /** The oldest slot, or null. */
  Slot oldest() {
    return open.peekFirst();
  }

  /** The newest slot if it is still under accumulation, or null. */
  Slot accumulating() {
    final Slot newest = open.peekLast();
    return newest == null || newest.filled ? null : newest;
  }

  void release() {
    open.pollFirst();
  }

  int size() {
    return open.size();
  }

  /** Notes which stream fills; false if another one did before. */
  boolean filledBy(final int stream) {
    final boolean same = writer < 0 || writer == stream;
    writer = stream;
    return same;
  }
}
