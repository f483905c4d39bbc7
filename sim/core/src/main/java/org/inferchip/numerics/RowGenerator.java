package org.inferchip.numerics;

/** Makes runs of normal numbers of a row for {@link CounterGenerator}. */
interface RowGenerator {

  /**
   * Writes both elements of each of some consecutive blocks of a row.
   *
   * @param key0 low half of the seed
   * @param key1 high half of the seed
   * @param tensor which tensor
   * @param row which row
   * @param block first block: half of the first column
   * @param count blocks
   * @param scale standard deviation wanted
   * @param out gets two numbers a block, from {@code offset} on
   * @return how many of the blocks were made, the first ones; the rest is left to the caller
   */
  int blocks(
      int key0,
      int key1,
      long tensor,
      int row,
      int block,
      int count,
      float scale,
      float[] out,
      int offset);
}
