package org.inferchip.mapping;

import java.util.Arrays;
import org.inferchip.operator.MatMul;

/**
 * The output tiles of a matrix product, their order and the parts of the reduction.
 *
 * <p>Work number = part x tiles + tile. Tiles are numbered group after group (experts); inside a
 * group, bands of {@code raster} row tiles are walked column by column, so that consecutive tiles
 * form a compact block.
 */
final class MatMulGrid {
  final MatMul op;
  final int tileM;
  final int tileN;
  final int tileK;
  final int raster;

  /** Cores that hold a column's operand together. */
  final int pair;

  private final int cluster;

  /** Column tiles. */
  final int columns;

  /** Parts of the reduction. */
  final int splits;

  /** Tiles of all groups. */
  final int tiles;

  private final int[] firstRow;
  private final int[] firstTile;
  private final int steps;

  MatMulGrid(final MatMul op, final MatMulMapping mapping) {
    this.op = op;
    final int tallest = op.groupRows().stream().mapToInt(Integer::intValue).max().orElseThrow();
    tileM = Math.min(mapping.tileM(), tallest);
    tileN = Math.min(mapping.tileN(), op.n());
    tileK = Math.min(mapping.tileK(), op.k());
    raster = mapping.raster();
    pair = mapping.pair();
    cluster = mapping.cluster();
    columns = ceil(op.n(), tileN);
    steps = ceil(op.k(), tileK);
    splits = Math.min(mapping.splitK(), steps);
    firstRow = new int[op.groups() + 1];
    firstTile = new int[op.groups() + 1];
    for (int g = 0; g < op.groups(); g++) {
      firstRow[g + 1] = firstRow[g] + op.groupRows().get(g);
      firstTile[g + 1] =
          Math.addExact(
              firstTile[g], Math.multiplyExact(ceil(op.groupRows().get(g), tileM), columns));
    }
    tiles = firstTile[op.groups()];
    Math.multiplyExact(tiles, splits);
  }

  static int ceil(final int whole, final int part) {
    return (whole - 1) / part + 1;
  }

  /**
   * Streams of a product: cores that clusters leave over have none, and in clusters a pair's second
   * core has none where no group has a second row tile.
   *
   * @param resident on each matrix array
   */
  int streams(final Cores cores, final int resident) {
    final boolean idle =
        cluster > 1
            && pair == 2
            && op.groupRows().stream().mapToInt(Integer::intValue).max().orElseThrow() <= tileM;
    return cores.streams(cores.started(cluster) / (idle ? 2 : 1), resident, work());
  }

  /** Tiles times parts. */
  int work() {
    return tiles * splits;
  }

  int groupOf(final int tile) {
    final int at = Arrays.binarySearch(firstTile, tile);
    return at >= 0 ? at : -at - 2;
  }

  int firstTile(final int group) {
    return firstTile[group];
  }

  /** Rows of a group. */
  int groupRows(final int group) {
    return firstRow[group + 1] - firstRow[group];
  }

  /** Row tiles of a group. */
  int rowTiles(final int group) {
    return (firstTile[group + 1] - firstTile[group]) / columns;
  }

  /** The number of the tile at a place of a group. */
  int tileAt(final int group, final int rowTile, final int column) {
    final int band = rowTile / raster;
    final int height = Math.min(raster, rowTiles(group) - band * raster);
    return firstTile[group] + band * raster * columns + column * height + rowTile - band * raster;
  }

  /** First row of A and C of a row tile. */
  int row(final int group, final int rowTile) {
    return firstRow[group] + rowTile * tileM;
  }

  /** Rows of a row tile. */
  int rows(final int group, final int rowTile) {
    return Math.min(tileM, firstRow[group + 1] - row(group, rowTile));
  }

  int cols(final int columnTile) {
    return Math.min(tileN, op.n() - columnTile * tileN);
  }

  /** First step of a part of the reduction: parts differ by one step at most. */
  int firstStep(final int part) {
    return (int) ((long) steps * part / splits);
  }

  /** Reduction elements of a step. */
  int depth(final int step) {
    return Math.min(tileK, op.k() - step * tileK);
  }
}
