package org.inferchip.model;

import org.inferchip.units.Range;

/**
 * Block-sparse attention: keys are cut into blocks of equal size from the first on, and a query
 * sees whole blocks (of its own, the keys up to itself):
 *
 * <pre>
 *   its own and the local - 1 before it, the first ones, and every stride-th
 * </pre>
 *
 * <p>Block j is a stride-th one where (j + 1) mod stride = 0. So are the local and strided blocks
 * of Phi-3-small (64 keys, 16, 8) and, with first blocks instead, global tokens of Longformer and
 * attention sinks. All heads see the same blocks (known difference: heads of Phi-3-small start
 * their strides at different blocks).
 *
 * @param size keys of a block
 * @param local blocks up to the own one
 * @param first blocks that everybody sees from the first on
 * @param stride distance of blocks that everybody behind them sees; 0: none
 */
public record KeyBlocks(
    @Range(min = 1, max = 1 << 20) int size,
    @Range(min = 1, max = 1 << 20) int local,
    @Range(min = 0, max = 1 << 20) int first,
    @Range(min = 0, max = 1 << 20) int stride) {

  /** Whether a query at a position sees the key at another. */
  public boolean sees(final int position, final int key) {
    return key <= position && seesBlock(position / size, key / size);
  }

  /** Whether queries of a block see keys of another, which does not lie behind it. */
  public boolean seesBlock(final int own, final int block) {
    return block > own - local || isCommon(block);
  }

  /** Keys that a query at a position sees, its own included. */
  public long seen(final int position) {
    final int own = position / size;
    final int from = Math.max(0, own - local + 1);
    return position + 1 - (long) size * (from - common(from));
  }

  /** Keys up to a position that a query at it or at one of those from another on sees. */
  public long seenByAny(final int firstPosition, final int lastPosition) {
    final int from = Math.max(0, firstPosition / size - local + 1);
    return lastPosition + 1 - (long) size * (from - common(from));
  }

  private boolean isCommon(final int block) {
    return block < first || stride > 0 && (block + 1) % stride == 0;
  }

  /** Blocks before one that everybody sees. */
  private int common(final int end) {
    final int leading = Math.min(first, end);
    return stride == 0 ? leading : leading + end / stride - leading / stride;
  }
}
