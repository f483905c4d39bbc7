package org.inferchip.numerics;

/**
 * Random numbers by position: the value of an element depends only on (seed, tensor, row, column),
 * so that any tile of any tensor can be made where it is needed, in any order, on any thread.
 *
 * <p>Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011): the key is the seed; the counter is (column / 2, row, tensor low, tensor high). One
 * block gives two elements, each of 64 bits. Only integer arithmetic and single multiplications are
 * used, so the bits are the same on every machine and JDK.
 *
 * <p>{@code normal} is the sum of four uniform 16-bit numbers, centred and scaled to variance 1
 * (Irwin-Hall): symmetric, kurtosis 2.7 against 3, and no value beyond 3.47. Immutable.
 */
public final class CounterGenerator {

  static final long M0 = 0xD251_1F53L;
  static final long M1 = 0xCD9E_8D57L;
  static final int W0 = 0x9E37_79B9;
  static final int W1 = 0xBB67_AE85;
  static final int ROUNDS = 10;
  private static final long LOW = 0xFFFF_FFFFL;

  /** Twice the mean of a sum of four uniform integers below 2^16. */
  static final int MEAN = 4 * 0xFFFF / 2;

  /** 1 / sqrt(4 (2^32 - 1) / 12), rounded to binary32: the reciprocal of the deviation. */
  static final float PER_DEVIATION = 2.6428998e-5f;

  private final int key0;
  private final int key1;
  private final RowGenerator rows;

  /** A generator of its own for each seed. */
  public CounterGenerator(final long seed) {
    this(seed, Kernels.rowGenerator());
  }

  CounterGenerator(final long seed, final RowGenerator rows) {
    this.key0 = (int) seed;
    this.key1 = (int) (seed >>> 32);
    this.rows = rows;
  }

  /** A number of mean 0 and variance 1. */
  public float normal(final long tensor, final int row, final int column) {
    final long[] pair = pair(tensor, row, column >>> 1);
    return toNormal(pair[column & 1]);
  }

  /** A number of [0, 1) with 24 bits. */
  public float uniform(final long tensor, final int row, final int column) {
    final long[] pair = pair(tensor, row, column >>> 1);
    return toUniform(pair[column & 1]);
  }

  /** Writes numbers of [0, 1) with 24 bits: those of a row's columns from 0 on. */
  public void uniforms(final long tensor, final int row, final float[] out) {
    for (int column = 0; column < out.length; column += 2) {
      final long[] pair = pair(tensor, row, column >>> 1);
      out[column] = toUniform(pair[0]);
      if (column + 1 < out.length) {
        out[column + 1] = toUniform(pair[1]);
      }
    }
  }

  private static float toUniform(final long bits) {
    return (bits >>> 40) * 0x1p-24f;
  }

  /**
   * Writes {@code scale * normal} of consecutive columns of a row.
   *
   * @param column first column
   * @param count how many
   * @param scale standard deviation wanted
   * @param out where to, from {@code offset} on
   */
  public void normals(
      final long tensor,
      final int row,
      final int column,
      final int count,
      final float scale,
      final float[] out,
      final int offset) {
    int done = 0;
    while (done < count) {
      final int at = column + done;
      if ((at & 1) == 0 && done + 1 < count) {
        final int blocks = (count - done) / 2;
        done +=
            2 * rows.blocks(key0, key1, tensor, row, at >>> 1, blocks, scale, out, offset + done);
      }
      if (done < count) {
        out[offset + done] = normal(tensor, row, column + done) * scale;
        done++;
      }
    }
  }

  private long[] pair(final long tensor, final int row, final int block) {
    final long[] pair = new long[2];
    philox(key0, key1, block, row, (int) tensor, (int) (tensor >>> 32), pair);
    return pair;
  }

  static float toNormal(final long bits) {
    final int sum =
        (int) (bits & 0xFFFF)
            + (int) (bits >>> 16 & 0xFFFF)
            + (int) (bits >>> 32 & 0xFFFF)
            + (int) (bits >>> 48);
    return (sum - MEAN) * PER_DEVIATION;
  }

  /**
   * Ten rounds of Philox4x32.
   *
   * @param out words 0 and 1 in the first element (0 low), words 2 and 3 in the second
   */
  static void philox(
      final int key0,
      final int key1,
      final int counter0,
      final int counter1,
      final int counter2,
      final int counter3,
      final long[] out) {
    int k0 = key0;
    int k1 = key1;
    int c0 = counter0;
    int c1 = counter1;
    int c2 = counter2;
    int c3 = counter3;
    for (int round = 0; round < ROUNDS; round++) {
      final long p0 = M0 * (c0 & LOW);
      final long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    out[0] = c1 * (LOW + 1) | c0 & LOW;
    out[1] = c3 * (LOW + 1) | c2 & LOW;
  }
}
