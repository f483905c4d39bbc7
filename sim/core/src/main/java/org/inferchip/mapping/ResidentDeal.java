package org.inferchip.mapping;

import org.inferchip.program.Task;

/**
 * Pieces of work where weights stand: every tile of W has a stream (an array) of its own, which
 * does the row tiles one after the other. Streams are numbered by group, part of the reduction,
 * column tile.
 *
 * <p>The streams of a part load the same tile of A side by side; nobody shares weights.
 */
final class ResidentDeal implements WorkDeal, TileSharing {
  private final MatMulGrid grid;

  ResidentDeal(final MatMulGrid grid) {
    this.grid = grid;
  }

  @Override
  public int streams() {
    return Math.multiplyExact(grid.op.groups() * grid.splits, grid.columns);
  }

  @Override
  public int items(final int stream) {
    return grid.rowTiles(group(stream));
  }

  private int group(final int stream) {
    return stream / (grid.splits * grid.columns);
  }

  @Override
  public int work(final int stream, final int item) {
    final int part = stream / grid.columns % grid.splits;
    final int column = stream % grid.columns;
    return part * grid.tiles + grid.tileAt(group(stream), item, column);
  }

  @Override
  public int stream(final int work) {
    final int tile = work % grid.tiles;
    final int group = grid.groupOf(tile);
    final int part = work / grid.tiles;
    return (group * grid.splits + part) * grid.columns
        + MatMulTile.column(grid, tile - grid.firstTile(group), group);
  }

  @Override
  public int item(final int work) {
    final int tile = work % grid.tiles;
    final int group = grid.groupOf(tile);
    return MatMulTile.rowTile(grid, tile - grid.firstTile(group), group);
  }

  @Override
  public Sharing left(final int work, final int group, final int rowTile, final int column) {
    return Sharing.of(grid.columns, column, Task.FIRST_TOUCH, 1);
  }

  @Override
  public Sharing right(final int work, final int group, final int rowTile, final int column) {
    return Sharing.ALONE;
  }
}
