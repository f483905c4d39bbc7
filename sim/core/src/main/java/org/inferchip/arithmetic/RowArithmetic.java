package org.inferchip.arithmetic;

import java.util.Optional;
import org.inferchip.numerics.BlockFormat;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.IntQuantiser;
import org.inferchip.numerics.Minifloat;
import org.inferchip.numerics.SpecialFunctions;
import org.inferchip.program.Task;

/** Vector tasks that look at whole rows. */
final class RowArithmetic {
  private final float epsilon;

  RowArithmetic(final float epsilon) {
    this.epsilon = epsilon;
  }

  private static float[] row(final Task task, final Slot slot, final int r) {
    final float[] row = new float[task.n];
    for (int c = 0; c < task.n; c++) {
      row[c] = slot.get((task.row + r) * task.n + c);
    }
    return row;
  }

  void rmsNorm(final Task task, final Slot[] in, final float[] to) {
    for (int r = 0; r < task.m; r++) {
      final float[] x = row(task, in[0], r);
      float squares = 0f;
      for (final float v : x) {
        squares = Math.fma(v, v, squares);
      }
      final float factor = SpecialFunctions.rsqrt(squares / task.n + epsilon);
      for (int c = 0; c < task.n; c++) {
        to[r * task.n + c] = x[c] * factor * in[1].get(c);
      }
    }
  }

  void layerNorm(final Task task, final Slot[] in, final float[] to) {
    for (int r = 0; r < task.m; r++) {
      final float[] x = row(task, in[0], r);
      float sum = 0f;
      for (final float v : x) {
        sum += v;
      }
      final float mean = sum / task.n;
      float squares = 0f;
      for (final float v : x) {
        squares = Math.fma(v - mean, v - mean, squares);
      }
      final float factor = SpecialFunctions.rsqrt(squares / task.n + epsilon);
      for (int c = 0; c < task.n; c++) {
        to[r * task.n + c] = Math.fma((x[c] - mean) * factor, in[1].get(c), in[2].get(c));
      }
    }
  }

  void softmax(final Task task, final Slot a, final float[] to) {
    for (int r = 0; r < task.m; r++) {
      softmax(row(task, a, r), to, r * task.n);
    }
  }

  private static void softmax(final float[] x, final float[] to, final int offset) {
    float max = Float.NEGATIVE_INFINITY;
    for (final float v : x) {
      max = Math.max(max, v);
    }
    float sum = 0f;
    for (int c = 0; c < x.length; c++) {
      to[offset + c] = SpecialFunctions.exp(x[c] - max);
      sum += to[offset + c];
    }
    for (int c = 0; c < x.length; c++) {
      to[offset + c] /= sum;
    }
  }

  /** Column and value of the largest element so far; NaN once NaN was seen. */
  int argmax(final Task task, final Slot a, final Slot to) {
    to.require(2L * task.m);
    for (int r = 0; r < task.m; r++) {
      final float[] x = row(task, a, r);
      float best = task.step.opens() ? Float.NEGATIVE_INFINITY : to.values[2 * r + 1];
      float column = task.step.opens() ? task.arg0 : to.values[2 * r];
      for (int c = 0; c < x.length; c++) {
        if (Float.isNaN(x[c])) {
          best = Float.NaN;
          column = Float.NaN;
        } else if (x[c] > best) {
          best = x[c];
          column = task.arg0 + c;
        }
      }
      to.values[2 * r] = column;
      to.values[2 * r + 1] = best;
    }
    return 2 * task.m;
  }

  int topK(final Task task, final Slot a, final Slot to) {
    final int k = task.arg0;
    to.require(2L * k * task.m);
    for (int r = 0; r < task.m; r++) {
      final float[] x = row(task, a, r);
      final int[] columns = largest(x, k);
      final float[] values = new float[k];
      for (int i = 0; i < k; i++) {
        values[i] = x[columns[i]];
        to.values[2 * k * r + i] = columns[i];
      }
      softmax(values, to.values, 2 * k * r + k);
    }
    return 2 * k * task.m;
  }

  /** Columns of the k largest elements, largest first, ties to the lower column. */
  static int[] largest(final float[] x, final int k) {
    final boolean[] taken = new boolean[x.length];
    final int[] columns = new int[k];
    for (int i = 0; i < k; i++) {
      int best = -1;
      for (int c = 0; c < x.length; c++) {
        // NaN is largest of all, so that undefined data shows.
        if (!taken[c] && (best < 0 || Float.compare(x[c], x[best]) > 0 && x[c] != x[best])) {
          best = c;
        }
      }
      taken[best] = true;
      columns[i] = best;
    }
    return columns;
  }

  /**
   * Scales each row so that its largest element is the format's largest; rounds it block by block
   * where blocks have scales, and gives the row none.
   */
  void quantise(
      final Task task, final Slot a, final float[] to, final Slot scales, final Format format) {
    final Optional<BlockFormat> blocks = BlockFormat.of(format);
    for (int r = 0; r < task.m; r++) {
      final float[] x = row(task, a, r);
      final float scale =
          blocks.isPresent() ? 1 : scale(BlockFormat.largest(x, 0, x.length), format);
      if (blocks.isPresent()) {
        blocks.get().roundAll(x, 0, x.length);
      }
      for (int c = 0; c < x.length; c++) {
        to[r * task.n + c] = code(x[c], scale, format);
      }
      if (scales != null) {
        scales.values[r] = scale;
      }
    }
  }

  private static float code(final float x, final float scale, final Format format) {
    return IntQuantiser.holds(format)
        ? new IntQuantiser(IntQuantiser.limit(format), scale).quantise(x)
        : x / scale;
  }

  /** What one unit of a quantised row is worth. */
  static float scale(final float largest, final Format format) {
    if (!(largest > 0)) {
      return 1f;
    }
    return IntQuantiser.holds(format)
        ? IntQuantiser.forLargest(format, largest).scale()
        : largest / (float) Minifloat.of(format).maxFinite();
  }
}
