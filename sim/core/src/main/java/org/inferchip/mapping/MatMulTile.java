package org.inferchip.mapping;

import org.inferchip.numerics.Format;
import org.inferchip.program.Hashing;

/**
 * One piece of work of a matrix product: an output tile, or one part of its reduction.
 *
 * @param work its number
 * @param part which part of the reduction
 * @param group which group
 * @param row first row of A and C
 * @param rows rows
 * @param col first column
 * @param cols columns
 * @param firstStep first step of the reduction
 * @param cuts borders of blocks of equal steps
 * @param joint cores that hold the tile of W together; a row tile that is left alone has an idle
 *     one
 * @param left how the tile of A is shared
 * @param right how the tile of W is shared
 */
record MatMulTile(
    int work,
    int part,
    int group,
    int row,
    int rows,
    int col,
    int cols,
    int firstStep,
    int[] cuts,
    int joint,
    Sharing left,
    Sharing right) {

  /** Steps of the reduction. */
  int steps() {
    return cuts[cuts.length - 1];
  }

  /** A key of all that its tasks depend on but coordinates. */
  long key(final MatMulGrid grid) {
    final int depth = grid.depth(firstStep);
    final int lastDepth = grid.depth(firstStep + steps() - 1);
    final Format a = grid.op.activation();
    final Format w = grid.op.weight();
    long key = Hashing.mix(Hashing.of((long) rows << 32 | cols), part);
    key =
        Hashing.mix(key, left.key(a.bytes((long) rows * depth), a.bytes((long) rows * lastDepth)));
    return Hashing.mix(
        key, right.key(w.bytes((long) cols * depth), w.bytes((long) cols * lastDepth)));
  }

  /** Places a piece of work on the grid. */
  static MatMulTile of(final MatMulGrid grid, final TileSharing reuse, final int work) {
    final int part = work / grid.tiles;
    final int tile = work % grid.tiles;
    final int group = grid.groupOf(tile);
    final int local = tile - grid.firstTile(group);
    final int rowTile = rowTile(grid, local, group);
    final int column = column(grid, local, group);
    final int first = grid.firstStep(part);
    final int steps = grid.firstStep(part + 1) - first;
    return new MatMulTile(
        work,
        part,
        group,
        grid.row(group, rowTile),
        grid.rows(group, rowTile),
        column * grid.tileN,
        grid.cols(column),
        first,
        Cuts.firstAndLast(steps),
        grid.pair,
        reuse.left(work, group, rowTile, column),
        reuse.right(work, group, rowTile, column));
  }

  /** The row tile of a tile of a group. */
  static int rowTile(final MatMulGrid grid, final int local, final int group) {
    final int band = local / (grid.raster * grid.columns);
    return band * grid.raster
        + (local - band * grid.raster * grid.columns) % height(grid, local, group);
  }

  /** Its column tile. */
  static int column(final MatMulGrid grid, final int local, final int group) {
    final int band = local / (grid.raster * grid.columns);
    return (local - band * grid.raster * grid.columns) / height(grid, local, group);
  }

  /** Row tiles of the band that a tile is in. */
  private static int height(final MatMulGrid grid, final int local, final int group) {
    final int band = local / (grid.raster * grid.columns);
    return Math.min(grid.raster, grid.rowTiles(group) - band * grid.raster);
  }
}
