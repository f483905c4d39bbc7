package org.inferchip.arithmetic;

import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;

/** Moves regions between tensors and slots, through index tensors where a task says so. */
final class TensorAccess {
  private final TileProgram program;
  private final Tensor[] tensors;
  private final float[] one = new float[1];

  /** What a sum of integer products is worth. */
  private final float sumScale;

  TensorAccess(final TileProgram program, final TensorStore store) {
    this.program = program;
    tensors = new Tensor[program.tensors().size()];
    for (final TensorRef ref : program.tensors()) {
      final boolean own = ref.role() == Role.WORKSPACE || ref.role() == Role.STATISTICS;
      tensors[ref.id()] =
          own
              ? new SparseTensor(ref.rows(), Math.toIntExact(ref.cols()), ref.format())
              : store.get(ref.role());
    }
    sumScale =
        program.operator() instanceof MatMul
            ? store.get(Role.INPUT).scale() * store.get(Role.WEIGHT).scale()
            : 1f;
  }

  /** Whether some element of the region of a load is NaN. */
  boolean isUndefined(final Task task) {
    final float[] row = new float[task.n];
    final double[] sums = new double[task.n];
    for (int r = 0; r < task.m; r++) {
      if (holdsSums(task.tensor)) {
        ((SparseTensor) tensors[task.tensor]).readSums(row(task, r), task.col, task.n, sums, 0);
      } else {
        tensors[task.tensor].read(row(task, r), task.col, task.n, row, 0);
      }
      for (int i = 0; i < task.n; i++) {
        if (Double.isNaN(sums[i] + row[i])) {
          return true;
        }
      }
    }
    return false;
  }

  /** Fills a slot. */
  TensorRef load(final Task task, final Slot to) {
    final Tensor tensor = tensors[task.tensor];
    to.scale = tensor.scale();
    try {
      for (int r = 0; r < task.m; r++) {
        final long row = row(task, r);
        if (to.sums != null && holdsSums(task.tensor)) {
          to.scale = sumScale;
          ((SparseTensor) tensor).readSums(row, task.col, task.n, to.sums, r * task.n);
        } else {
          tensor.read(row, task.col, task.n, to.values, r * task.n);
        }
      }
    } catch (final IndexOutOfBoundsException e) {
      throw new ScheduleFault("load outside a tensor: " + e.getMessage());
    }
    return program.tensors().get(task.tensor);
  }

  /** Writes a slot. */
  TensorRef store(final Task task, final Slot from) {
    final Tensor tensor = tensors[task.tensor];
    try {
      for (int r = 0; r < task.m; r++) {
        final long row = row(task, r);
        if (from.sums == null) {
          tensor.write(row, task.col, task.n, from.values, r * task.n);
        } else if (holdsSums(task.tensor)) {
          ((SparseTensor) tensor).writeSums(row, task.col, task.n, from.sums, r * task.n);
        } else {
          throw new ScheduleFault("stores sums of integers to " + tensor.format().key());
        }
      }
    } catch (final IndexOutOfBoundsException e) {
      throw new ScheduleFault("store outside a tensor: " + e.getMessage());
    } catch (final UnsupportedOperationException e) {
      throw new ScheduleFault("store to an input");
    }
    return program.tensors().get(task.tensor);
  }

  private boolean holdsSums(final int tensor) {
    return tensors[tensor].format() == Format.INT32
        && tensors[tensor] instanceof SparseTensor
        && program.tensors().get(tensor).role() == Role.WORKSPACE;
  }

  /** The row of the tensor that is row r of the region. */
  private long row(final Task task, final int r) {
    if (task.index == Task.NONE) {
      return task.row + r;
    }
    tensors[task.index].read(task.row + r, 0, 1, one, 0);
    if (!(one[0] >= 0)) {
      throw new ScheduleFault("row " + (task.row + r) + " of the index is " + one[0]);
    }
    return (long) one[0];
  }
}
