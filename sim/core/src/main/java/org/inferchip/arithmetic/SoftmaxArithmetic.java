package org.inferchip.arithmetic;

import org.inferchip.model.KeyBlocks;
import org.inferchip.numerics.Exponential;
import org.inferchip.numerics.Rounding;
import org.inferchip.numerics.SpecialFunctions;
import org.inferchip.program.Task;

/**
 * The online softmax (Milakov and Gimelshein 2018) as fused attention uses it (Dao et al. 2022):
 * statistics of a row are its running maximum and the sum of its exponentials relative to it.
 */
final class SoftmaxArithmetic {
  private SoftmaxArithmetic() {}

  /**
   * One block of keys. Probabilities are rounded to their slot's format, the sum takes them before
   * that, and the rescale factor beside them stays in fp32, as it does in the registers of a core.
   *
   * @param blocks which keys are seen, where the task says that blocks are; may be null otherwise
   */
  static void step(
      final Task task,
      final float[] scores,
      final Slot to,
      final float[] statistics,
      final Rounding rounding,
      final Exponential exponential,
      final KeyBlocks blocks) {
    final int width = task.n + 1;
    to.require((long) task.m * width);
    final float scale = (float) (1 / Math.sqrt(task.arg4));
    final float[] factors = new float[task.m];
    for (int r = 0; r < task.m; r++) {
      final float before = task.step.opens() ? Float.NEGATIVE_INFINITY : statistics[2 * r];
      float max = before;
      for (int c = 0; c < task.n; c++) {
        if (isVisible(task, r, c, blocks)) {
          max = Math.max(max, scores[r * task.n + c] * scale);
        }
      }
      factors[r] = before == max ? 1f : exponential.of(before - max);
      float sum = task.step.opens() ? 0f : statistics[2 * r + 1] * factors[r];
      for (int c = 0; c < task.n; c++) {
        final float p =
            isVisible(task, r, c, blocks)
                ? exponential.of(scores[r * task.n + c] * scale - max)
                : 0f;
        to.values[r * width + c] = p;
        sum += p;
      }
      statistics[2 * r] = max;
      statistics[2 * r + 1] = sum;
    }
    if (rounding != null) {
      rounding.round(to.values, 0, task.m * width);
    }
    for (int r = 0; r < task.m; r++) {
      to.values[r * width + task.n] = factors[r];
    }
  }

  /** e^(from - to); 1 where nothing changed, 0 where nothing was seen before. */
  private static float weight(final float from, final float to) {
    return from == to ? 1f : SpecialFunctions.exp(from - to);
  }

  private static boolean isVisible(
      final Task task, final int row, final int column, final KeyBlocks blocks) {
    if (task.arg0 < 0) {
      return true;
    }
    final int position = task.arg0 + row / task.arg2;
    final int key = task.arg1 + column;
    if (task.arg3 < 0) {
      return blocks.sees(position, key);
    }
    return key <= position && (task.arg3 == 0 || key > position - task.arg3);
  }

  /** Divides rows by their sums. */
  static void normalise(
      final Task task, final float[] a, final float[] statistics, final float[] to) {
    for (int r = 0; r < task.m; r++) {
      final float sum = statistics[2 * (task.row + r) + 1];
      for (int c = 0; c < task.n; c++) {
        to[r * task.n + c] = a[(task.row + r) * task.n + c] / sum;
      }
    }
  }

  /** One part of an attention whose keys were shared out. */
  static void merge(
      final Task task,
      final float[] a,
      final float[] part,
      final float[] to,
      final float[] statistics) {
    for (int r = 0; r < task.m; r++) {
      final boolean first = task.step.opens();
      final float before = first ? Float.NEGATIVE_INFINITY : statistics[2 * r];
      final float max = Math.max(before, part[2 * r]);
      final float old = weight(before, max);
      // A part of a row that sees none of its keys has a sum of zero and no weight.
      final float weight = part[2 * r] == Float.NEGATIVE_INFINITY ? 0f : weight(part[2 * r], max);
      final float sum = part[2 * r + 1] * weight + (first ? 0f : statistics[2 * r + 1] * old);
      for (int c = r * task.n; c < (r + 1) * task.n; c++) {
        final float added = a[(task.row * task.n) + c] * weight;
        final float total = first ? added : Math.fma(to[c], old, added);
        to[c] = task.step.fills() ? total / sum : total;
      }
      statistics[2 * r] = max;
      statistics[2 * r + 1] = sum;
    }
  }
}
