package org.inferchip.mapping;

import org.inferchip.operator.MatMul;
import org.inferchip.program.Task;

/**
 * Which tiles of a wave share operands, and how long ago an operand was loaded before.
 *
 * <p>A wave is one piece of work on each stream. Its footprint is the distinct operand bytes it
 * touches plus its results. A region touched in the wave before lies one footprint back on the LRU
 * stack (Mattson et al. 1970); a column that was touched in the band of row tiles before lies one
 * sweep over the band back. Approximation: footprints are those of a full wave in the middle of the
 * largest group; short last waves and edges are taken as equal.
 */
final class MatMulReuse implements TileSharing {
  private final MatMulGrid grid;
  private final int streams;
  private final int multicast;
  private final long waveBytes;
  private final long bandBytes;

  MatMulReuse(final MatMulGrid grid, final int streams, final int multicast) {
    this.grid = grid;
    this.streams = streams;
    this.multicast = multicast;
    final int tallest =
        grid.op.groupRows().stream().mapToInt(Integer::intValue).max().orElseThrow();
    final int rowTiles = MatMulGrid.ceil(tallest, grid.tileM);
    final int height = Math.min(grid.raster, rowTiles);
    final int wide = Math.min(grid.columns, MatMulGrid.ceil(streams, height));
    final int high = Math.min(rowTiles, Math.max(height, MatMulGrid.ceil(streams, grid.columns)));
    waveBytes = footprint(high, wide);
    bandBytes = footprint(height, grid.columns);
  }

  private long footprint(final int rowTiles, final int columnTiles) {
    final MatMul op = grid.op;
    final long rows = Math.min((long) rowTiles * grid.tileM, op.m());
    final long cols = Math.min((long) columnTiles * grid.tileN, op.n());
    final long depth = MatMulGrid.ceil(op.k(), grid.splits);
    return op.activation().bytes(rows * depth)
        + op.weight().bytes(cols * depth)
        + op.output().bytes(rows * cols);
  }

  @Override
  public Sharing left(final int work, final int group, final int rowTile, final int column) {
    final int from = waveStart(work, group);
    final int to = waveEnd(work, group);
    final int band = rowTile / grid.raster;
    final int height = Math.min(grid.raster, grid.rowTiles(group) - band * grid.raster);
    final int first = band * grid.raster * grid.columns + rowTile - band * grid.raster;
    final int before = columnsBefore(from, first, height);
    final int sharers = columnsBefore(to, first, height) - before;
    final long distance = before > 0 ? waveBytes : Task.FIRST_TOUCH;
    return Sharing.of(sharers, column - before, distance, multicast);
  }

  /** Tiles of a row before a place: those at first, first + height, first + 2 height, ... */
  private int columnsBefore(final int place, final int first, final int height) {
    final int passed = Math.floorDiv(place - first + height - 1, height);
    return Math.max(0, Math.min(grid.columns, passed));
  }

  @Override
  public Sharing right(final int work, final int group, final int rowTile, final int column) {
    final int from = waveStart(work, group);
    final int to = waveEnd(work, group);
    final int before = rowsBefore(group, column, from);
    final int sharers = rowsBefore(group, column, to) - before;
    final long distance;
    if (before == 0) {
      distance = Task.FIRST_TOUCH;
    } else {
      distance = before % grid.raster > 0 ? waveBytes : Math.max(waveBytes, bandBytes);
    }
    return Sharing.of(sharers, rowTile - before, distance, multicast);
  }

  /** Row tiles of a column that stand before a place of the group. */
  private int rowsBefore(final int group, final int column, final int place) {
    final int bandTiles = grid.raster * grid.columns;
    final int band = place / bandTiles;
    final int rowTiles = grid.rowTiles(group);
    final int height = Math.min(grid.raster, rowTiles - band * grid.raster);
    if (height <= 0) {
      return rowTiles;
    }
    final int inBand = place - band * bandTiles - column * height;
    return band * grid.raster + Math.max(0, Math.min(height, inBand));
  }

  /** First tile of the wave within the group and the part of the reduction, from the group's. */
  private int waveStart(final int work, final int group) {
    return Math.max(work / streams * streams, groupStart(work, group)) - groupStart(work, group);
  }

  private int waveEnd(final int work, final int group) {
    final int start = groupStart(work, group);
    final int end = start + grid.rowTiles(group) * grid.columns;
    return (int) (Math.min((work / streams + 1L) * streams, end) - start);
  }

  private int groupStart(final int work, final int group) {
    return work / grid.tiles * grid.tiles + grid.firstTile(group);
  }
}
