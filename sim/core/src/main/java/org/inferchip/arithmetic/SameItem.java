package org.inferchip.arithmetic;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.DerivedProgram;
import org.inferchip.program.MatOp;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;
import org.inferchip.program.VectorOp;

/**
 * One item of every stream and pass of a collective: one piece of the message in each lane. Such
 * items exchange data among themselves only; a program in which they do not gets stuck here.
 *
 * @param program the whole program
 * @param number which item of each pass
 */
record SameItem(TileProgram program, int number) implements DerivedProgram {
  @Override
  public int items(final int stream) {
    return each(stream) > number ? program.passes() : 0;
  }

  /** Items of a pass. */
  private int each(final int stream) {
    return program.items(stream) / program.passes();
  }

  private int whole(final int stream, final int item) {
    return item * each(stream) + number;
  }

  @Override
  public int blocks(final int stream, final int item) {
    return program.blocks(stream, whole(stream, item));
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    return program.trips(stream, whole(stream, item), block);
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    final Kept kept = new Kept(out, new ArrayList<>());
    program.emit(stream, whole(stream, item), block, trip, kept);
    for (final Task task : kept.tasks()) {
      if (task.afterStream != Task.NONE) {
        task.afterItems = chosen(task.afterStream, task.afterItems);
      }
    }
  }

  /** How many of a stream's first items are among the chosen. */
  private int chosen(final int stream, final int items) {
    int count = 0;
    for (int pass = 0; pass < items(stream); pass++) {
      count += whole(stream, pass) < items ? 1 : 0;
    }
    return count;
  }

  /** Passes tasks on and keeps them, for what they wait for is said after they were made. */
  private record Kept(TaskSink to, List<Task> tasks) implements TaskSink {
    private Task keep(final Task task) {
      tasks.add(task);
      return task;
    }

    @Override
    public Task load(
        final TensorRef tensor,
        final int row,
        final int col,
        final int rows,
        final int cols,
        final Buffer buffer) {
      return keep(to.load(tensor, row, col, rows, cols, buffer));
    }

    @Override
    public Task multiply(
        final MatOp op,
        final int m,
        final int n,
        final int k,
        final Buffer a,
        final Buffer b,
        final Buffer accumulator,
        final Accumulate step) {
      return keep(to.multiply(op, m, n, k, a, b, accumulator, step));
    }

    @Override
    public Task vector(
        final VectorOp op, final int rows, final int cols, final Buffer a, final Buffer buffer) {
      return keep(to.vector(op, rows, cols, a, buffer));
    }

    @Override
    public Task store(
        final Buffer from,
        final TensorRef tensor,
        final int row,
        final int col,
        final int rows,
        final int cols) {
      return keep(to.store(from, tensor, row, col, rows, cols));
    }

    @Override
    public Task send(
        final Buffer from,
        final int rows,
        final int cols,
        final int toStream,
        final Buffer buffer) {
      return keep(to.send(from, rows, cols, toStream, buffer));
    }
  }
}
