package org.inferchip.numerics;

/**
 * Multiplies matrix tiles: {@code c += a b}, the sum of each output in the order of k that the
 * {@link MacRule} states.
 *
 * <p>Every implementation gives the same bits (NaNs count as equal): work is spread over outputs,
 * never over the reduction. Choose by {@link Kernels#matmul()}. An instance keeps scratch memory
 * and belongs to one thread.
 */
public interface MatmulKernel {

  /**
   * Continues the sums that stand in {@code c}.
   *
   * @param rule order and rounding of each sum
   * @param a m x k
   * @param b k x n
   * @param c m x n; its column stride must be 1, and it shares no element with a or b
   */
  void accumulate(MacRule rule, MatrixView a, MatrixView b, MatrixView c);

  /** Starts the sums at +0: {@code c = a b}. */
  default void multiply(
      final MacRule rule, final MatrixView a, final MatrixView b, final MatrixView c) {
    c.fill(0f);
    accumulate(rule, a, b, c);
  }

  /** Throws unless the three shapes fit and {@code c} is stored by rows. */
  static void checkShapes(final MatrixView a, final MatrixView b, final MatrixView c) {
    if (a.rows() != c.rows() || a.columns() != b.rows() || b.columns() != c.columns()) {
      throw new IllegalArgumentException(
          "shapes do not fit: "
              + (a.rows() + "x" + a.columns())
              + (" times " + b.rows() + "x" + b.columns())
              + (" into " + c.rows() + "x" + c.columns()));
    }
    if (c.columnStride() != 1 && c.columns() > 1) {
      throw new IllegalArgumentException("the output is not stored by rows");
    }
  }
}
