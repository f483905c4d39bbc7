package org.inferchip.program;

import java.util.ArrayList;
import java.util.List;

/**
 * A sink that holds the tasks of one trip in recycled objects: the one implementation that all
 * readers share. Not thread-safe.
 */
public final class TaskList implements TaskSink {
  private final List<Task> pool = new ArrayList<>();
  private int size;

  /** Forgets the tasks; their objects are used again. */
  public void clear() {
    size = 0;
  }

  /** Number of tasks. */
  public int size() {
    return size;
  }

  /** A task, in program order; valid until {@link #clear}. */
  public Task get(final int position) {
    if (position >= size) {
      throw new IndexOutOfBoundsException(position + " of " + size);
    }
    return pool.get(position);
  }

  /** Clears and takes the tasks of a trip. */
  public TaskList fill(
      final TileProgram program,
      final int stream,
      final int item,
      final int block,
      final int trip) {
    clear();
    program.emit(stream, item, block, trip, this);
    return this;
  }

  @Override
  public Task load(
      final TensorRef tensor,
      final int row,
      final int col,
      final int rows,
      final int cols,
      final Buffer to) {
    final Task task = next(Task.Kind.LOAD);
    region(task, tensor, row, col, rows, cols);
    task.fetchBytes = task.bytes;
    task.to = to.id();
    return task;
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
    final Task task = next(Task.Kind.MULTIPLY);
    task.matOp = op;
    task.m = m;
    task.n = n;
    task.k = k;
    task.a = a.id();
    task.b = b.id();
    task.accumulator = accumulator.id();
    task.step = step;
    return task;
  }

  @Override
  public Task vector(
      final VectorOp op, final int rows, final int cols, final Buffer a, final Buffer to) {
    final Task task = next(Task.Kind.VECTOR);
    task.vectorOp = op;
    task.m = rows;
    task.n = cols;
    task.a = a.id();
    task.to = to.id();
    return task;
  }

  @Override
  public Task store(
      final Buffer from,
      final TensorRef tensor,
      final int row,
      final int col,
      final int rows,
      final int cols) {
    final Task task = next(Task.Kind.STORE);
    region(task, tensor, row, col, rows, cols);
    task.a = from.id();
    return task;
  }

  @Override
  public Task send(
      final Buffer from, final int rows, final int cols, final int toStream, final Buffer to) {
    final Task task = next(Task.Kind.SEND);
    task.m = rows;
    task.n = cols;
    task.bytes = from.format().bytes((long) rows * cols);
    task.wire(task.bytes, task.bytes);
    task.a = from.id();
    task.toStream = toStream;
    task.to = to.id();
    return task;
  }

  private static void region(
      final Task task,
      final TensorRef tensor,
      final int row,
      final int col,
      final int rows,
      final int cols) {
    task.tensor = tensor.id();
    task.row = row;
    task.col = col;
    task.m = rows;
    task.n = cols;
    task.bytes = tensor.format().bytes((long) rows * cols);
  }

  private Task next(final Task.Kind kind) {
    if (size == pool.size()) {
      pool.add(new Task());
    }
    return pool.get(size++).reset(kind);
  }
}
