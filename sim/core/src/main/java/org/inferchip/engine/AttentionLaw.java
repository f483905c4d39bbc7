package org.inferchip.engine;

import org.inferchip.arch.AttentionUnit;
import org.inferchip.numerics.Format;
import org.inferchip.program.MatOp;
import org.inferchip.program.Task;
import org.inferchip.program.VectorOp;

/**
 * Stages of a fixed-function attention unit, each a unit of its own. With Q the rows that an array
 * holds, F its multiply-accumulates a cycle and L softmax lanes:
 *
 * <pre>
 *   scores   ceil(m / Q) ceil(n k / (F / Q)) cycles      m x n scores of k elements
 *   softmax  ceil(m n / L)
 *   values   ceil(m / Q) ceil(n k / (F / Q))             m x n sums over k keys
 * </pre>
 *
 * <p>A stage's latency is its occupancy and the cycles stated for it. The running maximum and the
 * rescale of the sums pass down the pipeline beside the probabilities; the array for values scales
 * a row of its sums while it waits for the next block's first probabilities, without cost. The
 * division at an item's end takes the softmax pipeline, an element a lane.
 */
final class AttentionLaw {
  private final AttentionUnit unit;

  AttentionLaw(final AttentionUnit unit) {
    this.unit = unit;
  }

  /** Cycles of the array for scores, or for values. */
  MatrixCycles cycles(final Task task, final Format format) {
    final boolean scores = task.matOp == MatOp.ABT;
    final int rate =
        MatrixLaw.rate(scores ? unit.scoreMacs() : unit.valueMacs(), format) / unit.queryRows();
    final long occupancy =
        MatrixLaw.ceilDiv(task.m, unit.queryRows())
            * MatrixLaw.ceilDiv((long) task.n * task.k, Math.max(1, rate));
    return new MatrixCycles(
        occupancy, occupancy + (scores ? unit.scoreLatencyCycles() : unit.valueLatencyCycles()));
  }

  /** Cycles until the softmax pipeline may take its next block. */
  long softmaxCycles(final long elements) {
    return Math.max(1, MatrixLaw.ceilDiv(elements, unit.softmaxLanes()));
  }

  int softmaxLatencyCycles() {
    return unit.softmaxLatencyCycles();
  }

  /** Bytes a cycle of the unit's own path. */
  double path() {
    return unit.path();
  }

  /** The stage that a task of the unit takes. */
  static int lane(final Task task) {
    if (task.kind == Task.Kind.VECTOR) {
      return Shape.SOFTMAX;
    }
    return task.matOp == MatOp.ABT ? Shape.SCORES : Shape.VALUES;
  }

  /** Exponentials of a task: one an element of a step, and one a row for the rescale. */
  static long exponentials(final Task task) {
    return task.vectorOp == VectorOp.SOFTMAX_STEP ? (long) task.m * (task.n + 1) : 0;
  }
}
