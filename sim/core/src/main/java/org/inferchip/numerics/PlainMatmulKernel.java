package org.inferchip.numerics;

/**
 * The matrix kernel in plain Java.
 *
 * <p>For {@link MacRule#FP32_FMA} the rows of {@code b} and one row of {@code c} are copied into
 * arrays of their own, so that the inner loop indexes every array by the bare induction variable:
 * the form that C2 vectorises (eight k a pass over the row; a third of the fp32 peak on JDK 17).
 * The other rules are the scalar definition.
 */
final class PlainMatmulKernel implements MatmulKernel {

  private static final int UNROLL = 8;

  private final Rounding bf16 = Rounding.plain(Format.BF16);
  private final Rounding fp16 = Rounding.plain(Format.FP16);

  @Override
  public void accumulate(
      final MacRule rule, final MatrixView a, final MatrixView b, final MatrixView c) {
    MatmulKernel.checkShapes(a, b, c);
    switch (rule) {
      case FP32_FMA -> sequential(a, b, c);
      case BF16_EACH_MAC -> rounded(bf16, a, b, c);
      case FP16_EACH_MAC -> rounded(fp16, a, b, c);
      case FP32_DOT4 -> dot4(a, b, c);
      default -> throw new AssertionError(rule);
    }
  }

  private static void sequential(final MatrixView a, final MatrixView b, final MatrixView c) {
    final int depth = b.rows();
    final int width = b.columns();
    final float[][] rows = copyRows(b);
    final float[] sums = new float[width];
    for (int i = 0; i < c.rows(); i++) {
      System.arraycopy(c.data(), width == 0 ? 0 : c.index(i, 0), sums, 0, width);
      int k = 0;
      for (; k + UNROLL <= depth; k += UNROLL) {
        eight(sums, rows, a, i, k);
      }
      for (; k < depth; k++) {
        one(sums, rows[k], a.get(i, k));
      }
      System.arraycopy(sums, 0, c.data(), width == 0 ? 0 : c.index(i, 0), width);
    }
  }

  private static float[][] copyRows(final MatrixView b) {
    final float[][] rows = new float[b.rows()][b.columns()];
    for (int k = 0; k < b.rows(); k++) {
      for (int j = 0; j < b.columns(); j++) {
        rows[k][j] = b.get(k, j);
      }
    }
    return rows;
  }

  private static void eight(
      final float[] sums, final float[][] rows, final MatrixView a, final int i, final int k) {
    final float[] b0 = rows[k];
    final float[] b1 = rows[k + 1];
    final float[] b2 = rows[k + 2];
    final float[] b3 = rows[k + 3];
    final float[] b4 = rows[k + 4];
    final float[] b5 = rows[k + 5];
    final float[] b6 = rows[k + 6];
    final float[] b7 = rows[k + 7];
    final float a0 = a.get(i, k);
    final float a1 = a.get(i, k + 1);
    final float a2 = a.get(i, k + 2);
    final float a3 = a.get(i, k + 3);
    final float a4 = a.get(i, k + 4);
    final float a5 = a.get(i, k + 5);
    final float a6 = a.get(i, k + 6);
    final float a7 = a.get(i, k + 7);
    for (int j = 0; j < sums.length; j++) {
      float s = Math.fma(a0, b0[j], sums[j]);
      s = Math.fma(a1, b1[j], s);
      s = Math.fma(a2, b2[j], s);
      s = Math.fma(a3, b3[j], s);
      s = Math.fma(a4, b4[j], s);
      s = Math.fma(a5, b5[j], s);
      s = Math.fma(a6, b6[j], s);
      sums[j] = Math.fma(a7, b7[j], s);
    }
  }

  private static void one(final float[] sums, final float[] row, final float factor) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] = Math.fma(factor, row[j], sums[j]);
    }
  }

  private static void rounded(
      final Rounding rounding, final MatrixView a, final MatrixView b, final MatrixView c) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        float sum = c.get(i, j);
        for (int k = 0; k < b.rows(); k++) {
          sum = rounding.round(Math.fma(a.get(i, k), b.get(k, j), sum));
        }
        c.set(i, j, sum);
      }
    }
  }

  private static void dot4(final MatrixView a, final MatrixView b, final MatrixView c) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        float sum = c.get(i, j);
        for (int k = 0; k < b.rows(); k += 4) {
          final float left = product(a, b, i, j, k) + product(a, b, i, j, k + 1);
          final float right = product(a, b, i, j, k + 2) + product(a, b, i, j, k + 3);
          sum += left + right;
        }
        c.set(i, j, sum);
      }
    }
  }

  private static float product(
      final MatrixView a, final MatrixView b, final int i, final int j, final int k) {
    return k < b.rows() ? a.get(i, k) * b.get(k, j) : 0f;
  }
}
