package org.inferchip.mapping;

/**
 * How element-wise work is tiled.
 *
 * @param rows rows of a tile
 * @param cols columns of a tile; for work on whole rows, all of them
 * @param stages depth of the input buffers
 * @param resident streams on each matrix array (element-wise work uses their load queues)
 */
public record ElementwiseMapping(int rows, int cols, int stages, int resident) implements Mapping {

  private static final String EXAMPLE = "4x4096 stages 2";

  /** Checks sizes. */
  public ElementwiseMapping {
    if (Math.min(Math.min(rows, cols), Math.min(stages, resident)) < 1) {
      throw new IllegalArgumentException("sizes of a mapping are at least 1");
    }
  }

  /** Reads the printed form. */
  static ElementwiseMapping parse(final String text) {
    final MappingText words = new MappingText(text, EXAMPLE);
    final int[] tile = words.sizes(2);
    final ElementwiseMapping mapping =
        new ElementwiseMapping(
            tile[0], tile[1], words.take("stages", 2), words.take("resident", 1));
    words.end();
    return mapping;
  }

  @Override
  public String text() {
    return rows + "x" + cols + " stages " + stages + (resident == 1 ? "" : " resident " + resident);
  }

  @Override
  public String toString() {
    return text();
  }
}
