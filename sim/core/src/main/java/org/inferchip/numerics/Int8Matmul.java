package org.inferchip.numerics;

/**
 * Multiplies 8-bit integers and sums in 32-bit integers, by way of a binary32 kernel.
 *
 * <p>A product is at most 2^14 in magnitude, so a binary32 sum of up to 1024 products is exact (at
 * most 2^24). Longer reductions are cut there and the parts are added as integers. Sums are held in
 * doubles, which hold every 32-bit integer and, unlike an {@code int}, NaN for data that nobody
 * wrote. Belongs to one thread.
 */
public final class Int8Matmul {

  private static final int EXACT_DEPTH = 1024;

  private final MatmulKernel kernel;

  /** Uses a kernel for the exact parts. */
  public Int8Matmul(final MatmulKernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Adds the product to sums stored by rows.
   *
   * @param a m x k integers within [-128, 127]
   * @param b k x n integers within [-128, 127]
   * @param sums m x n
   * @throws ArithmeticException when a sum leaves 32 bits
   */
  public void accumulate(final MatrixView a, final MatrixView b, final double[] sums) {
    final int m = a.rows();
    final int n = b.columns();
    final float[] part = new float[m * n];
    final MatrixView c = MatrixView.of(part, m, n);
    for (int k = 0; k < b.rows(); k += EXACT_DEPTH) {
      final int depth = Math.min(EXACT_DEPTH, b.rows() - k);
      kernel.multiply(MacRule.FP32_FMA, a.block(0, k, m, depth), b.block(k, 0, depth, n), c);
      add(part, sums);
    }
  }

  private static void add(final float[] part, final double[] sums) {
    for (int i = 0; i < part.length; i++) {
      final double sum = sums[i] + part[i];
      if (sum > Integer.MAX_VALUE || sum < Integer.MIN_VALUE) {
        throw new ArithmeticException("sum " + sum + " leaves 32 bits");
      }
      sums[i] = sum;
    }
  }
}
