package org.inferchip.mapping;

import java.util.stream.IntStream;

/**
 * One placed piece of work of an attention.
 *
 * @param work its number
 * @param tile which tile
 * @param part which part of the tile's keys
 * @param kvHead which key-value head
 * @param set which set of heads
 * @param firstHead first query head of the rows
 * @param firstStep its first key block, counted from the tile's first
 * @param steps its key blocks
 * @param shared first of its steps that the next tile has loaded before, wholly or (behind a
 *     window) from some key on; no less than 0, no more than steps; all, where some blocks are seen
 *     only
 * @param nearby whether that tile runs in the same wave
 * @param cuts borders of equal steps of the loop
 */
record AttentionItem(
    int work,
    int tile,
    int part,
    int kvHead,
    int set,
    int firstHead,
    int firstStep,
    int steps,
    int shared,
    boolean nearby,
    int[] cuts) {

  static AttentionItem of(
      final AttentionTiles tiles, final int work, final int streams, final boolean ahead) {
    final int[] at = tiles.at(work);
    final int tile = at[0];
    final int part = at[1];
    final int parts = tiles.parts(tile);
    final int blocks = tiles.blocks(tile);
    final int first = (int) ((long) blocks * part / parts);
    final int steps = (int) ((long) blocks * (part + 1) / parts) - first;
    final int next = tiles.nextTile(tile);
    int shared = steps;
    boolean nearby = false;
    if (next >= 0) {
      final int start = tiles.firstBlock(next) - tiles.firstBlock(tile) - first;
      shared = Math.max(0, Math.min(steps, start));
      nearby = tiles.workOf(next, 0, at[2], at[3]) / streams == work / streams;
    }
    if (tiles.sparse()) {
      shared = steps;
    }
    final int firstHead = at[2] * tiles.op.groupSize() + at[3] * tiles.packed;
    return new AttentionItem(
        work,
        tile,
        part,
        at[2],
        at[3],
        firstHead,
        first,
        steps,
        shared,
        nearby,
        tiles.sparse() ? sparseCuts(tiles, tile, first, steps, ahead) : cuts(steps, shared, ahead));
  }

  /** The same where each block may be another one's first, in any order. */
  private static int[] sparseCuts(
      final AttentionTiles tiles,
      final int tile,
      final int first,
      final int steps,
      final boolean ahead) {
    final int next = tiles.nextTile(tile);
    final IntStream changes =
        IntStream.range(1, steps)
            .filter(
                step ->
                    tiles.sees(next, tiles.block(tile, first + step))
                        != tiles.sees(next, tiles.block(tile, first + step - 1)));
    final IntStream ends = IntStream.of(1, steps - 1, ahead ? steps - 2 : steps);
    return Cuts.of(
        steps,
        IntStream.concat(ends, changes.flatMap(at -> IntStream.of(at, ahead ? at - 1 : at)))
            .toArray());
  }

  /**
   * Where the shape of a trip changes. A trip holds the softmax and the values of step j and, when
   * scores are computed ahead, the keys of step j + 1; so every change of a step is also one of the
   * trip before it.
   */
  private static int[] cuts(final int steps, final int shared, final boolean ahead) {
    return ahead
        ? Cuts.of(steps, 1, shared - 1, shared, shared + 1, steps - 2, steps - 1)
        : Cuts.of(steps, 1, shared, shared + 1, steps - 1);
  }
}
