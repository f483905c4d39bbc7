package org.inferchip.engine;

import org.inferchip.arch.Chip;

/** How far cores are from external memory, where that is not the same for all. */
interface Distances {
  /** Between dies, or over a network on a die; null where all cores are as near to all memory. */
  static Distances of(final Chip chip) {
    return chip.network().isPresent() ? new Noc(chip) : Dies.of(chip);
  }

  /** Whether a tensor that one core reads lives in a memory of that core's. */
  boolean local(boolean readOnce);

  /** Latency to add to that of the memory. */
  long latencyPicos(boolean local);

  /** Time of a transfer on all links of the longest way and in all memories, one by one. */
  long serialPicos(long bytes, double memoryRate);
}
