package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Range;

/**
 * Conversion of a product's input.
 *
 * @param kernels kernels that pass over the input (the first may find the scale, the next use it)
 * @param launch time from the end of what was before to the start of each
 * @param pace bytes that each core reads and writes in a cycle at most; absent: as an elementwise
 *     kernel
 * @param row time that a core takes for each row at least: a block of threads a row, with little to
 *     do; absent: none
 * @param ragged time that laying out the scales of an input takes whose rows are no multiple of
 *     four; absent: none
 * @param fused whether in a step the kernel before it converts what it writes, so that it takes no
 *     more than its bytes; tables of products have kernels of their own all the same. Absent: no
 * @param after operators by name whose kernels alone do so ({@code all_reduce} where that also
 *     norms the sum), where not all do; absent: none
 */
public record Quantize(
    @Range(min = 1) int kernels,
    @Measure(Dimension.SECONDS) double launch,
    @Measure(Dimension.BYTES_PER_CYCLE) Optional<Double> pace,
    @Measure(Dimension.SECONDS) Optional<Double> row,
    @Measure(Dimension.SECONDS) Optional<Double> ragged,
    Optional<Boolean> fused,
    Optional<List<String>> after) {

  /** Rows that scales are laid out by. */
  private static final int ALIGNED = 4;

  /**
   * Picoseconds that it takes beyond one elementwise pass.
   *
   * @param passPicos of that pass
   * @param rows that are converted
   * @param bytes that it reads and writes
   */
  public long beyondPicos(
      final long passPicos, final int rows, final double bytes, final Chip chip) {
    final double cores = chip.coreCount();
    final double paced =
        pace.map(p -> bytes / (p * cores * chip.clock()) * Picoseconds.PER_SECOND).orElse(0.0);
    final double dealt = row.orElse(0.0) * rows / cores * Picoseconds.PER_SECOND;
    final double each =
        launch * Picoseconds.PER_SECOND + Math.max(passPicos, Math.max(dealt, paced));
    final double layout = rows % ALIGNED == 0 ? 0 : ragged.orElse(0.0) * Picoseconds.PER_SECOND;
    return Math.round(kernels * each + layout) - passPicos;
  }
}
