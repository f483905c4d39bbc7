package org.inferchip.mapping;

import org.inferchip.program.Task;

/**
 * How a matrix product is tiled.
 *
 * @param tileM rows of an output tile
 * @param tileN columns of an output tile
 * @param tileK reduction of one step of the loop
 * @param splitK parts of the reduction that different streams compute; above 1, partial sums go
 *     through a workspace in memory and are summed by reduction items, in the order of the parts
 * @param stages depth of the operand buffers
 * @param raster row tiles that are walked together before the next column tile, so that the tiles
 *     of a wave form a compact block and share operands
 * @param resident streams on each matrix array
 * @param multicast streams of a wave that one fetch of an operand feeds, where they share it
 * @param accumulators depth of the accumulator buffer: with 2, an epilogue runs behind the next
 *     tile's loop
 * @param pair 2: two cores compute two tiles of one column together and each holds half of the
 *     columns' operand; 1: every core for itself
 * @param cluster cores that start together, a pair's second one even where there is no row tile for
 *     it; 1: every core or pair by itself
 * @param share of the unit's rate that the loop reaches, in parts of {@link Task#WHOLE}
 * @param memory share of the memory's rate that the loop's loads reach, in the same parts
 * @param apart 1: its loads and its multiplications do not slow each other; 0: as the unit says
 */
public record MatMulMapping(
    int tileM,
    int tileN,
    int tileK,
    int splitK,
    int stages,
    int raster,
    int resident,
    int multicast,
    int accumulators,
    int pair,
    int cluster,
    int share,
    int memory,
    int apart)
    implements Mapping {

  /** Row tiles walked together where nothing else is said. */
  static final int DEFAULT_RASTER = 8;

  private static final String EXAMPLE = "128x256x64 split 4 stages 4";

  /** Checks sizes. */
  public MatMulMapping {
    if (Math.min(Math.min(tileM, tileN), Math.min(tileK, splitK)) < 1
        || Math.min(Math.min(stages, raster), Math.min(resident, multicast)) < 1
        || Math.min(Math.min(accumulators, pair), cluster) < 1
        || Math.min(share, memory) < 1
        || Math.max(share, memory) > Task.WHOLE) {
      throw new IllegalArgumentException("sizes of a mapping are at least 1");
    }
    if (pair > 2 || pair == 2 && raster % 2 != 0) {
      throw new IllegalArgumentException("a pair is of 2 cores, in a raster of even height");
    }
    if (apart < 0 || apart > 1) {
      throw new IllegalArgumentException("loads are apart (1) or not (0)");
    }
  }

  /** Every core for itself. */
  public MatMulMapping(
      final int tileM,
      final int tileN,
      final int tileK,
      final int splitK,
      final int stages,
      final int raster,
      final int resident,
      final int multicast,
      final int accumulators) {
    this(
        tileM,
        tileN,
        tileK,
        splitK,
        stages,
        raster,
        resident,
        multicast,
        accumulators,
        1,
        1,
        Task.WHOLE,
        Task.WHOLE,
        0);
  }

  /** A mapping with the usual raster and one stream on each array. */
  public static MatMulMapping of(
      final int tileM, final int tileN, final int tileK, final int splitK, final int stages) {
    return new MatMulMapping(tileM, tileN, tileK, splitK, stages, DEFAULT_RASTER, 1, 1, 1);
  }

  /** Reads the printed form. */
  static MatMulMapping parse(final String text) {
    final MappingText words = new MappingText(text, EXAMPLE);
    final int[] tile = words.sizes(3);
    final MatMulMapping mapping =
        new MatMulMapping(
            tile[0],
            tile[1],
            tile[2],
            words.take("split", 1),
            words.take("stages", 2),
            words.take("raster", DEFAULT_RASTER),
            words.take("resident", 1),
            words.take("multicast", 1),
            words.take("accumulators", 1),
            words.take("pair", 1),
            words.take("cluster", 1),
            words.take("share", Task.WHOLE),
            words.take("memory", Task.WHOLE),
            words.take("apart", 0));
    words.end();
    return mapping;
  }

  @Override
  public Mapping tiles() {
    return with(pair, Task.WHOLE, Task.WHOLE, 0);
  }

  /** The same tiles by cores that share nothing. */
  MatMulMapping alone() {
    return with(1, share, memory, apart);
  }

  private MatMulMapping with(
      final int otherPair, final int otherShare, final int otherMemory, final int otherApart) {
    return new MatMulMapping(
        tileM,
        tileN,
        tileK,
        splitK,
        stages,
        raster,
        resident,
        multicast,
        accumulators,
        otherPair,
        cluster,
        otherShare,
        otherMemory,
        otherApart);
  }

  @Override
  public String text() {
    final StringBuilder out = new StringBuilder();
    out.append(tileM).append('x').append(tileN).append('x').append(tileK);
    out.append(" split ").append(splitK).append(" stages ").append(stages);
    append(out, " raster ", raster, DEFAULT_RASTER);
    append(out, " resident ", resident, 1);
    append(out, " multicast ", multicast, 1);
    append(out, " accumulators ", accumulators, 1);
    append(out, " pair ", pair, 1);
    append(out, " cluster ", cluster, 1);
    append(out, " share ", share, Task.WHOLE);
    append(out, " memory ", memory, Task.WHOLE);
    append(out, " apart ", apart, 0);
    return out.toString();
  }

  private static void append(
      final StringBuilder out, final String key, final int value, final int otherwise) {
    if (value != otherwise) {
      out.append(key).append(value);
    }
  }

  @Override
  public String toString() {
    return text();
  }
}
