package org.inferchip.mapping;

/**
 * How fused attention is tiled.
 *
 * @param queryTile rows of queries in an item, packed heads included
 * @param keyTile keys in one step of the loop
 * @param heads query heads of one key-value head packed into the rows of an item; a divisor of the
 *     group
 * @param splits parts of the longest sequence's keys that different streams work on; shorter
 *     sequences take as many parts of the same length as they need
 * @param stages depth of the key and value buffers
 * @param scores score tiles in flight; 2: the scores of the next step are computed before the
 *     softmax of this one is used, so that the matrix and the vector unit overlap; 1: one after the
 *     other
 * @param resident streams on each matrix array
 * @param pace how far the code reaches the rates of the silicon
 * @param fixed whether the cores' attention units do it, not their matrix and vector units
 */
public record AttentionMapping(
    int queryTile,
    int keyTile,
    int heads,
    int splits,
    int stages,
    int scores,
    int resident,
    AttentionPace pace,
    boolean fixed)
    implements Mapping {

  private static final String EXAMPLE = "64x128 heads 4 splits 8 stages 2";

  /** At full rate, on matrix and vector units. */
  public AttentionMapping(
      final int queryTile,
      final int keyTile,
      final int heads,
      final int splits,
      final int stages,
      final int scores,
      final int resident) {
    this(queryTile, keyTile, heads, splits, stages, scores, resident, AttentionPace.FULL, false);
  }

  /** Checks sizes. */
  public AttentionMapping {
    if (Math.min(Math.min(queryTile, keyTile), Math.min(heads, splits)) < 1
        || stages < 1
        || resident < 1
        || scores < 1
        || scores > 2
        || heads > queryTile) {
      throw new IllegalArgumentException(
          queryTile + "x" + keyTile + " heads " + heads + " splits " + splits);
    }
  }

  /** Reads the printed form. */
  static AttentionMapping parse(final String text) {
    final MappingText words = new MappingText(text, EXAMPLE);
    final int[] tile = words.sizes(2);
    final int heads = words.take("heads", 1);
    if (heads > tile[0]) {
      throw words.problem(heads + " heads do not fit into " + tile[0] + " rows");
    }
    final int scores = words.take("scores", 2);
    if (scores > 2) {
      throw words.problem("at most 2 score tiles are in flight");
    }
    final AttentionMapping mapping =
        new AttentionMapping(
            tile[0],
            tile[1],
            heads,
            words.take("splits", 1),
            words.take("stages", 2),
            scores,
            words.take("resident", 1),
            AttentionPace.take(words),
            words.take("fixed", 0) == 1);
    words.end();
    return mapping;
  }

  @Override
  public Mapping tiles() {
    return new AttentionMapping(queryTile, keyTile, heads, splits, stages, scores, resident);
  }

  /** The same with other buffers. */
  AttentionMapping staged(final int depth) {
    return new AttentionMapping(
        queryTile, keyTile, heads, splits, depth, scores, resident, pace, fixed);
  }

  @Override
  public String text() {
    final StringBuilder out = new StringBuilder();
    out.append(queryTile).append('x').append(keyTile).append(" heads ").append(heads);
    out.append(" splits ").append(splits).append(" stages ").append(stages);
    if (scores == 1) {
      out.append(" scores 1");
    }
    if (resident != 1) {
      out.append(" resident ").append(resident);
    }
    pace.append(out);
    if (fixed) {
      out.append(" fixed 1");
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
