package org.inferchip.serving;

import java.util.Arrays;

/**
 * A multiset of times that come in runs of equal ones: the gaps between tokens of a step are mostly
 * the same. Exact, at 12 bytes a run.
 */
final class RunLengths {
  private long[] values = new long[1024];
  private int[] counts = new int[1024];
  private int runs;

  void add(final long value) {
    if (runs > 0 && values[runs - 1] == value && counts[runs - 1] < Integer.MAX_VALUE) {
      counts[runs - 1]++;
      return;
    }
    if (runs == values.length) {
      values = Arrays.copyOf(values, 2 * runs);
      counts = Arrays.copyOf(counts, 2 * runs);
    }
    values[runs] = value;
    counts[runs++] = 1;
  }

  /** The distribution of everything added. */
  Distribution distribution() {
    sort();
    long total = 0;
    double sum = 0;
    for (int i = 0; i < runs; i++) {
      total += counts[i];
      sum += (double) values[i] * counts[i];
    }
    final long count = total;
    return count == 0
        ? Distribution.EMPTY
        : Distribution.of(count, sum / count, rank -> valueAt(rank));
  }

  private long valueAt(final long rank) {
    long seen = 0;
    for (int i = 0; i < runs; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return values[i];
      }
    }
    throw new IllegalStateException("rank " + rank + " of " + seen);
  }

  /** Heap sort of both arrays together. */
  private void sort() {
    for (int root = runs / 2 - 1; root >= 0; root--) {
      sink(root, runs);
    }
    for (int end = runs - 1; end > 0; end--) {
      swap(0, end);
      sink(0, end);
    }
  }

  private void sink(final int root, final int end) {
    int parent = root;
    int child = 2 * parent + 1;
    while (child < end) {
      if (child + 1 < end && values[child + 1] > values[child]) {
        child++;
      }
      if (values[parent] >= values[child]) {
        return;
      }
      swap(parent, child);
      parent = child;
      child = 2 * parent + 1;
    }
  }

  private void swap(final int a, final int b) {
    final long value = values[a];
    values[a] = values[b];
    values[b] = value;
    final int count = counts[a];
    counts[a] = counts[b];
    counts[b] = count;
  }
}
