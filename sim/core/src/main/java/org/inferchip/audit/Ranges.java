package org.inferchip.audit;

import java.util.Arrays;

/**
 * An immutable set of whole numbers as disjoint half-open ranges in ascending order, neighbours
 * joined: which part of a reduction has been summed, which keys were seen.
 */
final class Ranges {
  static final Ranges NONE = new Ranges(new int[0]);

  private final int[] borders;

  private Ranges(final int[] borders) {
    this.borders = borders;
  }

  static Ranges of(final int from, final int to) {
    return from >= to ? NONE : new Ranges(new int[] {from, to});
  }

  /** Whether it is exactly one range. */
  boolean is(final int from, final int to) {
    return borders.length == 2 && borders[0] == from && borders[1] == to
        || from >= to && borders.length == 0;
  }

  /** Whether every number of a range is in the set. */
  boolean contains(final int from, final int to) {
    if (from >= to) {
      return true;
    }
    for (int i = 0; i < borders.length; i += 2) {
      if (borders[i] <= from && to <= borders[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** How many numbers. */
  long size() {
    long sum = 0;
    for (int i = 0; i < borders.length; i += 2) {
      sum += borders[i + 1] - borders[i];
    }
    return sum;
  }

  boolean overlaps(final int from, final int to) {
    for (int i = 0; i < borders.length; i += 2) {
      if (from < to && borders[i] < to && from < borders[i + 1]) {
        return true;
      }
    }
    return false;
  }

  boolean overlaps(final Ranges other) {
    for (int i = 0; i < other.borders.length; i += 2) {
      if (overlaps(other.borders[i], other.borders[i + 1])) {
        return true;
      }
    }
    return false;
  }

  /** The set with a range added; numbers that are in both count once. */
  Ranges plus(final int from, final int to) {
    if (from >= to) {
      return this;
    }
    final int n = borders.length;
    if (n == 2 && borders[1] == from) {
      return new Ranges(new int[] {borders[0], to});
    }
    final int[] next = new int[n + 2];
    int size = 0;
    int low = from;
    int high = to;
    int i = 0;
    for (; i < n && borders[i + 1] < from; i += 2) {
      next[size++] = borders[i];
      next[size++] = borders[i + 1];
    }
    for (; i < n && borders[i] <= high; i += 2) {
      low = Math.min(low, borders[i]);
      high = Math.max(high, borders[i + 1]);
    }
    next[size++] = low;
    next[size++] = high;
    for (; i < n; i++) {
      next[size++] = borders[i];
    }
    return new Ranges(Arrays.copyOf(next, size));
  }

  Ranges plus(final Ranges other) {
    Ranges sum = this;
    for (int i = 0; i < other.borders.length; i += 2) {
      sum = sum.plus(other.borders[i], other.borders[i + 1]);
    }
    return sum;
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof Ranges ranges && Arrays.equals(borders, ranges.borders);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(borders);
  }

  @Override
  public String toString() {
    final StringBuilder out = new StringBuilder();
    for (int i = 0; i < borders.length; i += 2) {
      out.append(i == 0 ? "" : " ").append(borders[i]).append("..").append(borders[i + 1] - 1);
    }
    return borders.length == 0 ? "nothing" : out.toString();
  }
}
