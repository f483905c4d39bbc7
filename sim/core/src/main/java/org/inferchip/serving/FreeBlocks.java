package org.inferchip.serving;

import java.util.Arrays;

/**
 * The free blocks in the order in which they are taken: first those that were never used, by
 * number, then the ones freed longest ago (a doubly linked list over flat arrays, as in vLLM V1). A
 * free block that is wanted again is taken out of the middle.
 */
final class FreeBlocks {
  private static final int NONE = -1;

  private final int total;
  private int fresh;
  private int listed;
  private int head = NONE;
  private int tail = NONE;
  private int[] before = new int[1024];
  private int[] after = new int[1024];

  FreeBlocks(final int total) {
    this.total = total;
  }

  /** How many blocks are free. */
  int count() {
    return total - fresh + listed;
  }

  /** Takes the next block; there must be one. */
  int take() {
    if (fresh < total) {
      return fresh++;
    }
    final int block = head;
    remove(block);
    return block;
  }

  /** Takes a block out of its place in the order. */
  void remove(final int block) {
    final int previous = before[block];
    final int next = after[block];
    if (previous == NONE) {
      head = next;
    } else {
      after[previous] = next;
    }
    if (next == NONE) {
      tail = previous;
    } else {
      before[next] = previous;
    }
    listed--;
  }

  /** Puts a block at the end of the order. */
  void add(final int block) {
    if (block >= before.length) {
      final int length = Math.max(block + 1, 2 * before.length);
      before = Arrays.copyOf(before, length);
      after = Arrays.copyOf(after, length);
    }
    before[block] = tail;
    after[block] = NONE;
    if (tail == NONE) {
      head = block;
    } else {
      after[tail] = block;
    }
    tail = block;
    listed++;
  }

  /** Blocks that were ever taken; their numbers are below this. */
  int everTaken() {
    return fresh;
  }

  /** Blocks in the list, counted by walking it. */
  int walked() {
    int count = 0;
    for (int block = head; block != NONE && count <= listed; block = after[block]) {
      count++;
    }
    return count;
  }
}
