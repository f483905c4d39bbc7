package org.inferchip.audit;

import java.util.Arrays;

/**
 * What a task may rely on: for each stream, how many of its items are known to be finished, by the
 * waits of the task, of those before it on its unit, and of those whose results it reads. An
 * immutable sparse vector clock (Fidge 1988, Mattern 1989) with one entry a stream waited for.
 */
final class Clock {
  static final Clock EMPTY = new Clock(new int[0], new int[0]);

  private final int[] streams;
  private final int[] items;

  private Clock(final int[] streams, final int[] items) {
    this.streams = streams;
    this.items = items;
  }

  /** Knowledge of one wait. */
  static Clock of(final int stream, final int itemsDone) {
    return new Clock(new int[] {stream}, new int[] {itemsDone});
  }

  boolean knows(final int stream, final int itemsDone) {
    final int at = Arrays.binarySearch(streams, stream);
    return at >= 0 && items[at] >= itemsDone;
  }

  /** Whatever either of two knows. */
  Clock join(final Clock other) {
    if (other == this || other.streams.length == 0) {
      return this;
    }
    if (streams.length == 0) {
      return other;
    }
    if (covers(other)) {
      return this;
    }
    final int[] ids = new int[streams.length + other.streams.length];
    final int[] counts = new int[ids.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < streams.length || j < other.streams.length) {
      final int a = i < streams.length ? streams[i] : Integer.MAX_VALUE;
      final int b = j < other.streams.length ? other.streams[j] : Integer.MAX_VALUE;
      ids[size] = Math.min(a, b);
      counts[size++] = Math.max(a <= b ? items[i] : 0, b <= a ? other.items[j] : 0);
      i += a <= b ? 1 : 0;
      j += b <= a ? 1 : 0;
    }
    return new Clock(Arrays.copyOf(ids, size), Arrays.copyOf(counts, size));
  }

  private boolean covers(final Clock other) {
    for (int j = 0; j < other.streams.length; j++) {
      if (!knows(other.streams[j], other.items[j])) {
        return false;
      }
    }
    return true;
  }
}
