package org.inferchip.arithmetic;

import org.inferchip.model.KeyBlocks;
import org.inferchip.numerics.Exponential;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.Rounding;
import org.inferchip.numerics.SpecialFunctions;
import org.inferchip.program.Task;
import org.inferchip.program.VectorOp;

/**
 * Vector tasks on slots. Everything is computed in binary32 with the functions of {@link
 * SpecialFunctions} and rounded once, to the format of the slot that is written (an assumption:
 * vector units widen to fp32). Sums along a row run from its first column to its last.
 */
final class VectorArithmetic {
  private final RowArithmetic rows;
  private final RotaryArithmetic rotary;
  private final Exponential exponential;
  private final KeyBlocks blocks;

  /**
   * Arithmetic of a program.
   *
   * @param blocks which keys its attention sees; null: those that its tasks say
   */
  VectorArithmetic(final TensorStore store, final Exponential exponential, final KeyBlocks blocks) {
    this.exponential = exponential;
    this.blocks = blocks;
    rows = new RowArithmetic((float) store.epsilon());
    rotary = new RotaryArithmetic(store.ropeTheta());
  }

  /** Whether {@link Task#to} is a sum or search over steps. */
  static boolean isRunning(final VectorOp op) {
    return switch (op) {
      case ACCUMULATE, MERGE, ARGMAX, WEIGHTED_ADD -> true;
      default -> false;
    };
  }

  /**
   * Does a task.
   *
   * @param in operands a, b and c; null where there is none
   * @param format format of {@code to}
   * @param rounding to that format; null where nothing is rounded
   */
  void apply(
      final Task task,
      final Slot[] in,
      final Slot to,
      final Slot statistics,
      final Format format,
      final Rounding rounding) {
    final int from = task.row * task.n;
    in[0].require((long) from + (long) task.m * task.n);
    require(task, in, to);
    int elements = task.m * task.n;
    switch (task.vectorOp) {
      case SOFTMAX_STEP -> {
        SoftmaxArithmetic.step(
            task,
            in[0].values,
            to,
            statistics.values,
            rounding,
            task.fixed ? exponential : Exponential.FULL,
            blocks);
        return;
      }
      case NORMALISE -> SoftmaxArithmetic.normalise(task, in[0].values, in[1].values, to.values);
      case MERGE ->
          SoftmaxArithmetic.merge(task, in[0].values, in[1].values, to.values, statistics.values);
      case RMS_NORM -> rows.rmsNorm(task, in, to.values);
      case LAYER_NORM -> rows.layerNorm(task, in, to.values);
      case SOFTMAX -> rows.softmax(task, in[0], to.values);
      case ROPE -> rotary.rotate(task, in[0], in[1], to.values);
      case ARGMAX -> elements = rows.argmax(task, in[0], to);
      case TOP_K -> elements = rows.topK(task, in[0], to);
      case QUANTIZE -> rows.quantise(task, in[0], to.values, statistics, format);
      case ACCUMULATE -> accumulate(task, in[0], to);
      default -> elementwise(task, in[0], in[1], to.values);
    }
    if (rounding != null) {
      rounding.round(to.values, 0, elements);
    }
  }

  private static void require(final Task task, final Slot[] in, final Slot to) {
    final boolean rowsOnly = task.vectorOp == VectorOp.ARGMAX || task.vectorOp == VectorOp.TOP_K;
    if (!rowsOnly) {
      to.require((long) task.m * task.n);
    }
    switch (task.vectorOp) {
      case ADD, SILU_MUL, GELU_MUL -> operand(task, in[1], (long) task.m * task.n);
      case ADD_ROW, RMS_NORM -> operand(task, in[1], task.n);
      case LAYER_NORM -> {
        operand(task, in[1], task.n);
        operand(task, in[2], task.n);
      }
      case ROPE, WEIGHTED_ADD -> operand(task, in[1], task.m);
      case NORMALISE -> operand(task, in[1], 2L * (task.row + task.m));
      case MERGE -> operand(task, in[1], 2L * task.m);
      default -> {}
    }
  }

  private static void operand(final Task task, final Slot slot, final long elements) {
    if (slot == null) {
      throw new ScheduleFault(task.vectorOp + " lacks an operand");
    }
    slot.require(elements);
  }

  private static void accumulate(final Task task, final Slot a, final Slot to) {
    final int from = task.row * task.n;
    for (int i = 0; i < task.m * task.n; i++) {
      if (to.sums == null) {
        to.values[i] = task.step.opens() ? a.get(from + i) : to.values[i] + a.get(from + i);
      } else {
        to.sums[i] = task.step.opens() ? a.sums[from + i] : to.sums[i] + a.sums[from + i];
        to.scale = a.scale;
      }
    }
  }

  private static void elementwise(final Task task, final Slot a, final Slot b, final float[] to) {
    for (int r = 0; r < task.m; r++) {
      for (int c = 0; c < task.n; c++) {
        final int i = r * task.n + c;
        final float x = a.get((task.row + r) * task.n + c);
        to[i] =
            switch (task.vectorOp) {
              case CONVERT -> x;
              case ADD -> x + b.get(i);
              case ADD_ROW -> x + b.get(c);
              case SILU_MUL -> SpecialFunctions.silu(x) * b.get(i);
              case GELU_MUL -> SpecialFunctions.gelu(x) * b.get(i);
              case GELU -> SpecialFunctions.gelu(x);
              case RELU -> Math.max(x, 0f);
              case WEIGHTED_ADD -> task.step.opens() ? x * b.get(r) : Math.fma(x, b.get(r), to[i]);
              default -> throw new ScheduleFault(task.vectorOp + " is not element-wise");
            };
      }
    }
  }
}
