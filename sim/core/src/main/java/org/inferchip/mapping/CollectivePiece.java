package org.inferchip.mapping;

import org.inferchip.program.TaskSink;

/**
 * A piece of a part on its way: what one lane of a device does as one item.
 *
 * @param out where its tasks are added
 */
record CollectivePiece(int device, int lane, int item, TaskSink out) {}
