package org.inferchip.serving;

import java.util.Arrays;

/**
 * A map from block hashes to block numbers: open addressing, linear probing, at most half full.
 * Flat arrays; removal closes the gap, so that no tombstones pile up.
 */
final class BlockIndex {
  static final int NONE = -1;

  private long[] keys = new long[1024];
  private int[] values = filled(1024);
  private int size;

  /** The block of a hash, or {@link #NONE}. */
  int get(final long hash) {
    int slot = home(hash);
    while (values[slot] != NONE && keys[slot] != hash) {
      slot = next(slot);
    }
    return values[slot];
  }

  /** Adds a hash that is not there. */
  void put(final long hash, final int block) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int slot = home(hash);
    while (values[slot] != NONE) {
      slot = next(slot);
    }
    keys[slot] = hash;
    values[slot] = block;
    size++;
  }

  /** Removes a hash that is there. */
  void remove(final long hash) {
    int hole = home(hash);
    while (keys[hole] != hash || values[hole] == NONE) {
      hole = next(hole);
    }
    values[hole] = NONE;
    size--;
    // Entries behind the hole whose probing passed over it move up.
    for (int slot = next(hole); values[slot] != NONE; slot = next(slot)) {
      final int home = home(keys[slot]);
      if ((slot - home & keys.length - 1) >= (slot - hole & keys.length - 1)) {
        keys[hole] = keys[slot];
        values[hole] = values[slot];
        values[slot] = NONE;
        hole = slot;
      }
    }
  }

  int size() {
    return size;
  }

  private int home(final long hash) {
    return (int) (hash ^ hash >>> 32) & keys.length - 1;
  }

  private int next(final int slot) {
    return slot + 1 & keys.length - 1;
  }

  private void grow() {
    final long[] oldKeys = keys;
    final int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = filled(2 * oldKeys.length);
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != NONE) {
        put(oldKeys[i], oldValues[i]);
      }
    }
  }

  private static int[] filled(final int length) {
    final int[] array = new int[length];
    Arrays.fill(array, NONE);
    return array;
  }
}
