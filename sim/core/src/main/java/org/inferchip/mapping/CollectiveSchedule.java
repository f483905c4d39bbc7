package org.inferchip.mapping;

import java.util.List;
import org.inferchip.operator.Collective;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TileProgram;

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

  /** A key of an item: see {@link org.inferchip.program.TileProgram#itemKey}. */
  default long itemKey(final int device, final int lane, final int item) {
    return parts().shares.key(device, lane, item);
  }

  /** Whether they are but for sizes that hardly differ. */
  default boolean evenItems() {
    return parts().shares.evenPieces();
  }

  /** Messages between whose sizes this one's lies: see {@link CollectiveShares#between}. */
  default List<Collective> between() {
    return parts().shares.between();
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

  /** What lanes have in common that do the same: see {@link TileProgram#laneKind}. */
  default long laneKind(final int lane) {
    return TileProgram.UNKNOWN;
  }

  void emit(int device, int lane, int item, int block, TaskSink out);
}
