package org.inferchip.mapping;

import org.inferchip.program.TaskSink;

/** Who sends what to whom: the blocks of an item, each of one trip. */
interface CollectiveSchedule {
  CollectiveParts parts();

  /** Blocks of an item; 0 if the device has nothing to do. */
  int blocks(int device);

  void emit(int device, int lane, int item, int block, TaskSink out);
}
