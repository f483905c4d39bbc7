package org.inferchip.arithmetic;

import org.inferchip.numerics.Int8Matmul;
import org.inferchip.numerics.Kernels;
import org.inferchip.numerics.MacRule;
import org.inferchip.numerics.MatmulKernel;
import org.inferchip.numerics.MatrixView;
import org.inferchip.program.MatOp;
import org.inferchip.program.Task;

/** Matrix tasks on slots, in the order of sums of a {@link MacRule}. */
final class MatrixArithmetic {
  private final MatmulKernel kernel = Kernels.matmul();
  private final Int8Matmul integers = new Int8Matmul(kernel);
  private final MacRule rule;

  MatrixArithmetic(final MacRule rule) {
    this.rule = rule;
  }

  /**
   * Does one step of an accumulation.
   *
   * @param asIntegers whether codes are multiplied and summed as integers
   */
  void multiply(
      final Task task, final Slot a, final Slot b, final Slot sum, final boolean asIntegers) {
    final boolean rescales = task.matOp == MatOp.RESCALE_AB;
    final int stride = rescales ? task.k + 1 : task.k;
    MatrixView left = a.matrix(task.m, task.k, stride);
    MatrixView right =
        task.matOp == MatOp.ABT
            ? b.matrix(task.n, task.k, task.k).transposed()
            : b.matrix(task.k, task.n, task.n);
    if (asIntegers) {
      addIntegers(task, left, right, sum, a.scale * b.scale);
      return;
    }
    if (rescales && !task.step.opens()) {
      rescale(task, a, sum);
    }
    left = valued(left, a.scale);
    right = valued(right, b.scale);
    final MatrixView c = sum.matrix(task.m, task.n, task.n);
    if (task.step.opens()) {
      kernel.multiply(rule, left, right, c);
    } else {
      kernel.accumulate(rule, left, right, c);
    }
  }

  private void addIntegers(
      final Task task,
      final MatrixView left,
      final MatrixView right,
      final Slot sum,
      final float scale) {
    sum.require((long) task.m * task.n);
    sum.scale = scale;
    final double[] sums = new double[task.m * task.n];
    if (!task.step.opens()) {
      System.arraycopy(sum.sums, 0, sums, 0, sums.length);
    }
    integers.accumulate(left, right, sums);
    System.arraycopy(sums, 0, sum.sums, 0, sums.length);
  }

  private static void rescale(final Task task, final Slot a, final Slot sum) {
    sum.require((long) task.m * task.n);
    for (int r = 0; r < task.m; r++) {
      final float factor = a.values[r * (task.k + 1) + task.k];
      for (int j = r * task.n; j < (r + 1) * task.n; j++) {
        sum.values[j] *= factor;
      }
    }
  }

  /** Codes as the numbers that they stand for. */
  private static MatrixView valued(final MatrixView view, final float scale) {
    if (scale == 1f) {
      return view;
    }
    final MatrixView copy = MatrixView.zeros(view.rows(), view.columns());
    for (int r = 0; r < view.rows(); r++) {
      for (int c = 0; c < view.columns(); c++) {
        copy.set(r, c, view.get(r, c) * scale);
      }
    }
    return copy;
  }
}
