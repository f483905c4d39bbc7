package org.inferchip.mapping;

/** Who else loads the operands of a tile of a matrix product, and when they were loaded before. */
interface TileSharing {
  /** Of the tile of A, which the columns of its row tile share. */
  Sharing left(int work, int group, int rowTile, int column);

  /** Of the tile of W, which the row tiles of its column share. */
  Sharing right(int work, int group, int rowTile, int column);
}
