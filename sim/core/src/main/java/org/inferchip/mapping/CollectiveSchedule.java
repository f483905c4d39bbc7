package org.inferchip.mapping;

import org.inferchip.program.TaskSink;

/** Who sends what to whom: the blocks of an item, each of one trip. */
interface CollectiveSchedule {
  CollectiveParts parts();

  /** Items of a stream, each time that it goes through them. */
  default int items() {
    return parts().shares.chunks;
  }

  /** Whether all of them are alike. */
  default boolean equalItems() {
    return parts().shares.equalPieces();
  }

  /** Whether they are but for sizes that hardly differ. */
  default boolean evenItems() {
    return parts().shares.evenPieces();
  }

  /** Blocks of an item; 0 if the device has nothing to do. */
  int blocks(int device);

  /** As {@link #blocks(int)}, where items of a device differ. */
  default int blocks(final int device, final int item) {
    return blocks(device);
  }

  /** Times that a stream goes through all its items. */
  default int passes() {
    return 1;
  }

  /** Whether all devices do the same, seen from each of them. */
  default boolean turns() {
    return false;
  }

  void emit(int device, int lane, int item, int block, TaskSink out);
}
