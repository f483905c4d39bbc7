package org.inferchip.engine;

import java.util.Arrays;

/**
 * Lists of lanes that wait for something, without allocation: a lane stands in one list at most. A
 * list is a number; the lanes come out in the order in which they went in.
 */
final class Waiters {
  private static final int NONE = -1;

  private final int[] first;
  private final int[] last;
  private final int[] next;

  Waiters(final int lists, final int lanes) {
    first = new int[lists];
    last = new int[lists];
    next = new int[lanes];
    Arrays.fill(first, NONE);
    Arrays.fill(last, NONE);
  }

  /** Appends a lane that stands in no list. */
  void add(final int list, final int lane) {
    next[lane] = NONE;
    if (first[list] == NONE) {
      first[list] = lane;
    } else {
      next[last[list]] = lane;
    }
    last[list] = lane;
  }

  /** Whether nobody waits. */
  boolean isEmpty(final int list) {
    return first[list] == NONE;
  }

  /** Removes the first lane. */
  int take(final int list) {
    final int lane = first[list];
    first[list] = next[lane];
    return lane;
  }

  /** Draws who waits where, in which order. */
  void draw(final Picture picture) {
    for (int list = 0; list < first.length; list++) {
      for (int lane = first[list]; lane != NONE; lane = next[lane]) {
        picture.equal((long) list << 32 | lane);
      }
    }
  }

  /** Moves all lanes of a list to the end of another. */
  void moveAll(final int from, final int to) {
    if (first[from] == NONE) {
      return;
    }
    if (first[to] == NONE) {
      first[to] = first[from];
    } else {
      next[last[to]] = first[from];
    }
    last[to] = last[from];
    first[from] = NONE;
  }
}
