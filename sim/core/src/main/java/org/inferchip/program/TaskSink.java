package org.inferchip.program;

/**
 * Takes the tasks of a trip in program order. Every verb returns the task, so that the program can
 * refine it; the task is recycled after {@link TileProgram#emit} returns.
 *
 * <p>By default each read releases the slot that it reads; {@link Task#keepA} leaves it for a later
 * task.
 */
public interface TaskSink {
  /** Copies a region of a tensor into a slot. The slot holds rows x cols, row-major. */
  Task load(TensorRef tensor, int row, int col, int rows, int cols, Buffer to);

  /** Multiplies tiles: see {@link MatOp}. A slot is read as the shape that m, n and k say. */
  Task multiply(
      MatOp op, int m, int n, int k, Buffer a, Buffer b, Buffer accumulator, Accumulate step);

  /** Element-wise work on rows x cols that opens and fills a slot of {@code to}. */
  Task vector(VectorOp op, int rows, int cols, Buffer a, Buffer to);

  /** Copies a slot to a region of a tensor. */
  Task store(Buffer from, TensorRef tensor, int row, int col, int rows, int cols);

  /** Moves rows x cols of a slot over a link into a slot of another stream's buffer. */
  Task send(Buffer from, int rows, int cols, int toStream, Buffer to);
}
