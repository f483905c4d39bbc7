package org.inferchip.engine;

import java.util.Arrays;

/**
 * A 4-ary heap over one array of longs, two an event: the time, and {@code class | sequence |
 * payload}. Sequence numbers never repeat, so the second long decides every tie and the payload
 * never takes part; when the 37 bits of the sequence are used up (1.4e11 events) scheduling fails
 * rather than wraps.
 *
 * <p>Four children of two longs are one cache line. Sifting moves a hole, not pairs (Johnson 1975,
 * d-heaps).
 */
public final class HeapEventQueue implements EventQueue {
  private static final int SEQUENCE_BITS = 37;
  private static final long SEQUENCE_LIMIT = 1L << SEQUENCE_BITS;
  private static final int PAYLOAD_MASK = (1 << PAYLOAD_BITS) - 1;

  /** Event i stands at 2i (time) and 2i+1 (order). */
  private long[] heap;

  private int size;
  private long sequence;
  private long now;

  /** A queue with room for some events; it grows. */
  public HeapEventQueue(final int capacity) {
    heap = new long[2 * Math.max(4, capacity)];
  }

  @Override
  public void schedule(final long timePicos, final int eventClass, final int payload) {
    if (timePicos < 0 || (payload & ~PAYLOAD_MASK) != 0 || sequence == SEQUENCE_LIMIT) {
      throw new IllegalArgumentException(
          "time " + timePicos + ", payload " + payload + ", event number " + sequence);
    }
    final long order =
        (long) eventClass << (SEQUENCE_BITS + PAYLOAD_BITS) | sequence++ << PAYLOAD_BITS | payload;
    if (2 * size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * heap.length);
    }
    siftUp(size++, timePicos, order);
  }

  private void siftUp(final int from, final long time, final long order) {
    final long[] h = heap;
    int hole = from;
    while (hole > 0) {
      final int parent = hole - 1 >> 2;
      final long parentTime = h[2 * parent];
      if (parentTime < time || parentTime == time && h[2 * parent + 1] < order) {
        break;
      }
      h[2 * hole] = parentTime;
      h[2 * hole + 1] = h[2 * parent + 1];
      hole = parent;
    }
    h[2 * hole] = time;
    h[2 * hole + 1] = order;
  }

  @Override
  public int pop() {
    if (size == 0) {
      throw new IllegalStateException("no event is pending");
    }
    final long[] h = heap;
    now = h[0];
    final int payload = (int) h[1] & PAYLOAD_MASK;
    size--;
    if (size > 0) {
      siftDown(h[2 * size], h[2 * size + 1]);
    }
    return payload;
  }

  /** Puts an event where it belongs from the root on, over the remaining {@code size} places. */
  private void siftDown(final long time, final long order) {
    final long[] h = heap;
    final int n = size;
    int hole = 0;
    while (true) {
      final int first = 4 * hole + 1;
      if (first >= n) {
        break;
      }
      int best = first;
      long bestTime = h[2 * first];
      long bestOrder = h[2 * first + 1];
      final int end = Math.min(first + 4, n);
      for (int child = first + 1; child < end; child++) {
        final long childTime = h[2 * child];
        if (childTime < bestTime || childTime == bestTime && h[2 * child + 1] < bestOrder) {
          best = child;
          bestTime = childTime;
          bestOrder = h[2 * child + 1];
        }
      }
      if (time < bestTime || time == bestTime && order < bestOrder) {
        break;
      }
      h[2 * hole] = bestTime;
      h[2 * hole + 1] = bestOrder;
      hole = best;
    }
    h[2 * hole] = time;
    h[2 * hole + 1] = order;
  }

  @Override
  public long time() {
    return now;
  }

  @Override
  public int size() {
    return size;
  }
}
