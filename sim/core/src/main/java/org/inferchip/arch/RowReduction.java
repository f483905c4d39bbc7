package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * How a reduction along rows is dealt to blocks of threads, by PyTorch's rule:
 *
 * <pre>
 *   height = min(pow2(rows), threads / 32) ; width = min(pow2(cols), threads / height)
 *   a row has the whole block where cols / width &gt;= min(16 height, 256), else the width of it
 *   a row has several blocks where a thread of one would have 256 values or more:
 *     max(min(ceil(per_core cores / rows), ceil(values / 16)), ceil(values / 256))
 * </pre>
 *
 * pow2 rounds down to a power of two. A warp of 32 threads reads as fast as the bytes that it has
 * in flight over the latency of memory allow. The rule (16, 256, blocks of 512 threads, powers of
 * two) is read in PyTorch's {@code ATen/native/cuda/Reduce.cuh}.
 *
 * <p>Known error: blocks in excess of what cores hold at a time take whole rounds; what it takes to
 * join the results of several blocks of a row is not counted.
 *
 * @param threads of a block at most
 * @param perCore blocks that a core has at a time
 * @param rate bytes that a warp reads a second
 */
public record RowReduction(
    @Range(min = 32) int threads,
    @Range(min = 1) int perCore,
    @Measure(Dimension.BYTES_PER_SECOND) double rate) {
  private static final int WARP = 32;
  private static final int FEWEST = 16;
  private static final int MOST = 256;

  /**
   * Least time of all rows.
   *
   * @param rowBytes that are read of one row
   */
  double seconds(final int rows, final int cols, final double rowBytes, final long cores) {
    final Deal deal = new Deal(rows, cols);
    final long split = blocksOfRow(rows, cols, cores);
    final long rounds = (deal.blocks() * split + perCore * cores - 1) / (perCore * cores);
    final double warps = Math.max(1.0, (double) deal.threadsOfRow() / WARP) * split;
    return rounds * rowBytes / (warps * rate);
  }

  /** Blocks that share a row; 1 where a block has one row or more. */
  public long blocksOfRow(final int rows, final int cols, final long cores) {
    final Deal deal = new Deal(rows, cols);
    final int values = cols / deal.threadsOfRow();
    final long atOnce = perCore * cores;
    if (!deal.whole() || values < MOST || deal.blocks() > atOnce) {
      return 1;
    }
    final long fill =
        Math.min((atOnce + deal.blocks() - 1) / deal.blocks(), (values + FEWEST - 1) / FEWEST);
    return Math.max(fill, (values + MOST - 1) / MOST);
  }

  /** Threads in two dimensions over rows and columns. */
  private final class Deal {
    private final int rows;
    private final int height;
    private final int width;
    private final int cols;

    Deal(final int rows, final int cols) {
      this.rows = rows;
      this.cols = cols;
      height = Math.min(Integer.highestOneBit(rows), threads / WARP);
      width = Math.min(Integer.highestOneBit(cols), threads / height);
    }

    /** Whether a row has a block of its own. */
    boolean whole() {
      return cols / width >= Math.min(FEWEST * height, MOST);
    }

    int threadsOfRow() {
      return whole() ? width * height : width;
    }

    long blocks() {
      return whole() ? rows : (rows + height - 1) / height;
    }
  }
}
