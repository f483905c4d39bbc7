package org.inferchip.arch;

import org.inferchip.units.Picoseconds;
import org.inferchip.units.Range;

/**
 * A kernel of which every thread keeps its part of a row in registers between two passes over it (a
 * sum, then the result), and whose blocks take further rows when they are done with the ones they
 * have. Rows come in rounds, for the blocks of a core start together and nothing is fetched ahead:
 *
 * <pre>
 *   elements  e = ceil(columns / threads of the row)
 *   loads     l = ceil(e / vector)              one after the other: each stores before the next
 *   rows of a round = cores x floor(registers / (threads (fixed + perElement e))) x rows of a block
 *   round     = max(all bytes / bandwidth, l (latency + cycles / clock) + bytes read / bandwidth)
 * </pre>
 *
 * <p>The loads of a thread wait for each other since the sum is stored as it is computed, and the
 * compiler cannot tell that the store is not to what is loaded next.
 *
 * @param threads of a block
 * @param rowThreads of a row, where it is no wider than {@code widest}; all of the block otherwise
 * @param widest columns, see above
 * @param vector elements of a load of one thread
 * @param cycles that a core takes for the work of a load, of all its blocks
 * @param fixed registers of a thread without a row
 * @param perElement registers of each element that it holds, weights included
 */
public record HeldRows(
    @Range(min = 1) int threads,
    @Range(min = 1) int rowThreads,
    @Range(min = 1) int widest,
    @Range(min = 1) int vector,
    @Range(min = 0) int cycles,
    @Range(min = 0) int fixed,
    @Range(min = 0) double perElement) {
  private static final int BYTES = 4;

  /** Time of all rounds. */
  double seconds(
      final int rows,
      final int columns,
      final double readBytes,
      final double writtenBytes,
      final Chip chip) {
    final int onRow = onRow(columns);
    final double elements = Math.ceil((double) columns / onRow);
    final CoreGroup group = chip.cores().get(0);
    final double blockBytes = BYTES * threads * (fixed + perElement * elements);
    final double blocks = Math.max(1, Math.floor(group.local().accumulatorCapacity() / blockBytes));
    final int round = (int) (group.count() * blocks * (threads / onRow));
    final double load =
        RowKernel.latencyPicos(chip) / Picoseconds.PER_SECOND + cycles / chip.clock();
    final double serial = Math.ceil(elements / vector) * load;
    final double bandwidth =
        chip.memory().map(one -> one.bandwidth() * one.efficiency()).orElse(Double.MAX_VALUE);
    final double read = readBytes / bandwidth;
    final double all = read + writtenBytes / bandwidth;
    final int last = rows % round;
    return rows / round * Math.max(round * all, serial + round * read)
        + (last == 0 ? 0 : Math.max(last * all, serial + last * read));
  }

  /** Share of the cores that have work, of work that does not fill a round. */
  public double share(final int rows, final int columns, final Chip chip) {
    final int cores = chip.cores().get(0).count();
    return Math.min(1, Math.ceil(rows / (double) (threads / onRow(columns))) / cores);
  }

  private int onRow(final int columns) {
    return columns <= widest ? Math.min(threads, rowThreads) : threads;
  }
}
