package org.inferchip.engine;

import java.util.Arrays;

/**
 * A 4-ary heap over one array of longs, two an event: the time, and {@code class | sequence |
 * payload}. Sequence numbers never repeat, so the second long decides every tie and the payload
 * never takes part; when the 37 bits of the sequence are used up (1.4e11 events) scheduling fails
 * rather than wraps.
 *
 * <p>Four children of two longs are one cache line (d-heaps: Johnson 1975). The place of a removed
 * event stays open until the next call, since most events schedule another: one sift then does for
 * both. The first of four children is found without branches, which would be mispredicted.
 */
public final class HeapEventQueue implements EventQueue {
  private static final int SEQUENCE_BITS = 37;
  private static final long SEQUENCE_LIMIT = 1L << SEQUENCE_BITS;
  private static final int AHEAD_BITS = 64 - 1 - PAYLOAD_BITS;
  private static final int PAYLOAD_MASK = (1 << PAYLOAD_BITS) - 1;

  /** Event i stands at 2i (time) and 2i+1 (order). */
  private long[] heap;

  /** Places in use, the root included where it is a hole. */
  private int size;

  /** Whether the first event was removed and its place not yet filled. */
  private boolean rootIsHole;

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
    if (rootIsHole) {
      rootIsHole = false;
      siftDown(timePicos, order);
      return;
    }
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
    if (size() == 0) {
      throw new IllegalStateException("no event is pending");
    }
    final long[] h = heap;
    if (rootIsHole) {
      rootIsHole = false;
      size--;
      siftDown(h[2 * size], h[2 * size + 1]);
    }
    now = h[0];
    rootIsHole = true;
    return (int) h[1] & PAYLOAD_MASK;
  }

  /** Puts an event where it belongs from the root on, whose place is free. */
  private void siftDown(final long time, final long order) {
    final long[] h = heap;
    final int n = size;
    int hole = 0;
    int child = 1;
    while (child + 3 < n) {
      final int left = child + earlier(h, child + 1, child);
      final int right = child + 2 + earlier(h, child + 3, child + 2);
      final int best = left + (right - left) * earlier(h, right, left);
      if (!before(h, best, time, order)) {
        break;
      }
      h[2 * hole] = h[2 * best];
      h[2 * hole + 1] = h[2 * best + 1];
      hole = best;
      child = 4 * hole + 1;
    }
    if (child < n && child + 3 >= n) {
      int best = child;
      for (int other = child + 1; other < n; other++) {
        best += (other - best) * earlier(h, other, best);
      }
      if (before(h, best, time, order)) {
        h[2 * hole] = h[2 * best];
        h[2 * hole + 1] = h[2 * best + 1];
        hole = best;
      }
    }
    h[2 * hole] = time;
    h[2 * hole + 1] = order;
  }

  /** 1 if event i stands before event j, else 0. Times are not negative, so they subtract. */
  private static int earlier(final long[] h, final int i, final int j) {
    final long difference = h[2 * i] - h[2 * j];
    return (int) ((difference != 0 ? difference : h[2 * i + 1] - h[2 * j + 1]) >>> 63);
  }

  private static boolean before(final long[] h, final int i, final long time, final long order) {
    return h[2 * i] < time || h[2 * i] == time && h[2 * i + 1] < order;
  }

  /**
   * Writes a key for each pending event, in no order: its payload, and the picoseconds until it
   * comes, which must be below 2^{@value #AHEAD_BITS}.
   */
  void keys(final long from, final long[] to) {
    final int hole = rootIsHole ? 1 : 0;
    for (int i = hole; i < size; i++) {
      to[i - hole] =
          (heap[2 * i + 1] & PAYLOAD_MASK) << AHEAD_BITS
              | Math.min(heap[2 * i] - from, (1L << AHEAD_BITS) - 1);
    }
  }

  /** The payload of a key. */
  static int payload(final long key) {
    return (int) (key >>> AHEAD_BITS);
  }

  /** Puts all pending events off. */
  void delay(final long picos) {
    final int hole = rootIsHole ? 1 : 0;
    for (int i = hole; i < size; i++) {
      heap[2 * i] += picos;
    }
    now += picos;
  }

  @Override
  public long time() {
    return now;
  }

  @Override
  public int size() {
    return rootIsHole ? size - 1 : size;
  }
}
