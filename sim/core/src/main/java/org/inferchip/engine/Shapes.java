package org.inferchip.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.program.Hashing;
import org.inferchip.program.Task;
import org.inferchip.program.TileProgram;

/**
 * The distinct shapes of a program, found by the hash of a task's shape and its core group. Open
 * addressing over primitive arrays; two shapes with one 64-bit hash are taken as one.
 */
final class Shapes {
  private final ShapeCompiler[] compilers;
  private Shape[] all = new Shape[64];
  private long[] keys = new long[256];
  private Shape[] table = new Shape[256];
  private final Map<Long, Integer> kinds = new HashMap<>();
  private final Map<Long, Shape[][]> blocks = new HashMap<>();
  private int size;

  Shapes(final TileProgram program, final Chip chip) {
    final Residency residency = new Residency(chip, program.tensors());
    final Distances distances = Distances.of(chip);
    final boolean[] readOnce = new boolean[program.tensors().size()];
    for (int tensor = 0; distances != null && tensor < readOnce.length; tensor++) {
      readOnce[tensor] = program.readOnce(program.tensors().get(tensor));
    }
    compilers = new ShapeCompiler[chip.cores().size()];
    for (int group = 0; group < compilers.length; group++) {
      compilers[group] =
          new ShapeCompiler(
              chip,
              chip.cores().get(group),
              program.buffers(),
              program.tensors(),
              residency,
              distances,
              readOnce,
              program.memoryShare());
    }
  }

  /** Number of distinct shapes. */
  int size() {
    return size;
  }

  Shape get(final int id) {
    return all[id];
  }

  /** The shape of a task on a core of a group. */
  Shape of(final Task task, final int group) {
    compilers[group].normalise(task);
    final long key = task.shape() * 31 + group;
    int place = place(key);
    while (table[place] != null) {
      if (keys[place] == key) {
        return table[place];
      }
      place = place + 1 & table.length - 1;
    }
    final Shape shape = compilers[group].compile(task, size, kind(task, group));
    if (size == all.length) {
      all = Arrays.copyOf(all, 2 * size);
    }
    all[size++] = shape;
    keys[place] = key;
    table[place] = shape;
    if (2 * size > table.length) {
      grow();
    }
    return shape;
  }

  /**
   * The shapes of each block of items with a key, null where they are not known yet; null of items
   * without a key. Who finds them puts down those of blocks whose tasks name no stream.
   */
  Shape[][] blocks(final long itemKey, final int group, final int count) {
    return itemKey == TileProgram.UNKNOWN
        ? null
        : blocks.computeIfAbsent(Hashing.mix(group, itemKey), unknown -> new Shape[count][]);
  }

  /** Shapes that differ only in how many bytes their misses charge are of one kind. */
  private int kind(final Task task, final int group) {
    final long bytes = task.fetchBytes;
    task.fetchBytes = Math.min(1, bytes);
    final long key = task.shape() * 31 + group;
    task.fetchBytes = bytes;
    return kinds.computeIfAbsent(key, unknown -> kinds.size());
  }

  private int place(final long key) {
    return (int) (key ^ key >>> 29) & table.length - 1;
  }

  private void grow() {
    final long[] oldKeys = keys;
    final Shape[] oldTable = table;
    keys = new long[2 * oldKeys.length];
    table = new Shape[2 * oldTable.length];
    for (int i = 0; i < oldTable.length; i++) {
      if (oldTable[i] != null) {
        int place = place(oldKeys[i]);
        while (table[place] != null) {
          place = place + 1 & table.length - 1;
        }
        keys[place] = oldKeys[i];
        table[place] = oldTable[i];
      }
    }
  }
}
