package org.inferchip.serving;

/**
 * Requests that are still to arrive, in order of (time, index): a binary heap over flat arrays. A
 * request that waits for others is added when the last of these ends.
 */
final class Arrivals {
  private final RequestTable table;
  private final int[] waits;
  private final long[] times;
  private final int[] heap;
  private int size;

  Arrivals(final RequestTable table) {
    this.table = table;
    final int count = table.size();
    waits = new int[count];
    times = new long[count];
    heap = new int[count];
    for (int i = 0; i < count; i++) {
      waits[i] = table.waits(i);
      if (waits[i] == 0) {
        add(i, table.earliestPicos(i));
      }
    }
  }

  /** When the next request arrives; {@link Long#MAX_VALUE} if none is known. */
  long nextPicos() {
    return size == 0 ? Long.MAX_VALUE : times[heap[0]];
  }

  /** When a request that has come arrived. */
  long picos(final int request) {
    return times[request];
  }

  /** Takes the next request. */
  int remove() {
    final int first = heap[0];
    size--;
    if (size > 0) {
      heap[0] = heap[size];
      down();
    }
    return first;
  }

  /** A request has ended: those that waited for it alone arrive after their delay. */
  void ended(final int request, final long now) {
    final int[] followers = table.followers(request);
    if (followers == null) {
      return;
    }
    for (final int follower : followers) {
      if (--waits[follower] == 0) {
        final long earliest = Math.addExact(now, table.delayPicos(follower));
        add(follower, Math.max(earliest, table.earliestPicos(follower)));
      }
    }
  }

  private void add(final int request, final long picos) {
    times[request] = picos;
    int hole = size++;
    while (hole > 0 && before(request, heap[(hole - 1) >>> 1])) {
      heap[hole] = heap[(hole - 1) >>> 1];
      hole = (hole - 1) >>> 1;
    }
    heap[hole] = request;
  }

  private void down() {
    final int moved = heap[0];
    int hole = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (before(moved, heap[child])) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
      child = 2 * hole + 1;
    }
    heap[hole] = moved;
  }

  private boolean before(final int a, final int b) {
    return times[a] < times[b] || times[a] == times[b] && a < b;
  }
}
