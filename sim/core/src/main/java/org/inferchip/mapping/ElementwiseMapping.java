package org.inferchip.mapping;

import java.util.stream.IntStream;

/**
 * How element-wise work is tiled.
 *
 * @param rows rows of a tile
 * @param cols columns of a tile; for work on whole rows, all of them
 * @param stages depth of the input buffers
 * @param resident streams on each matrix array (element-wise work uses their load queues)
 * @param results depth of the result buffers
 * @param arrays matrix arrays of a core that have streams, at most; fewer where long rows of all do
 *     not fit into the core's memory at once
 */
public record ElementwiseMapping(
    int rows, int cols, int stages, int resident, int results, int arrays) implements Mapping {

  /** Depth of result buffers where nothing is said: one is stored while the next is computed. */
  static final int RESULTS = 2;

  private static final String EXAMPLE = "4x4096 stages 2";

  /** Checks sizes. */
  public ElementwiseMapping {
    if (IntStream.of(rows, cols, stages, resident, results, arrays).min().getAsInt() < 1) {
      throw new IllegalArgumentException("sizes of a mapping are at least 1");
    }
  }

  /** With two result buffers and streams on all arrays. */
  public ElementwiseMapping(final int rows, final int cols, final int stages, final int resident) {
    this(rows, cols, stages, resident, RESULTS, Integer.MAX_VALUE);
  }

  /** Reads the printed form. */
  static ElementwiseMapping parse(final String text) {
    final MappingText words = new MappingText(text, EXAMPLE);
    final int[] tile = words.sizes(2);
    final ElementwiseMapping mapping =
        new ElementwiseMapping(
            tile[0],
            tile[1],
            words.take("stages", 2),
            words.take("resident", 1),
            words.take("results", RESULTS),
            words.take("arrays", Integer.MAX_VALUE));
    words.end();
    return mapping;
  }

  @Override
  public String text() {
    return rows
        + "x"
        + cols
        + " stages "
        + stages
        + (resident == 1 ? "" : " resident " + resident)
        + (results == RESULTS ? "" : " results " + results)
        + (arrays == Integer.MAX_VALUE ? "" : " arrays " + arrays);
  }

  @Override
  public String toString() {
    return text();
  }
}
