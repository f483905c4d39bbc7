package org.inferchip.numerics;

/** Philox block by block. */
final class PlainRowGenerator implements RowGenerator {

  @Override
  public int blocks(
      final int key0,
      final int key1,
      final long tensor,
      final int row,
      final int block,
      final int count,
      final float scale,
      final float[] out,
      final int offset) {
    final long[] pair = new long[2];
    for (int i = 0; i < count; i++) {
      CounterGenerator.philox(
          key0, key1, block + i, row, (int) tensor, (int) (tensor >>> 32), pair);
      out[offset + 2 * i] = CounterGenerator.toNormal(pair[0]) * scale;
      out[offset + 2 * i + 1] = CounterGenerator.toNormal(pair[1]) * scale;
    }
    return count;
  }
}
