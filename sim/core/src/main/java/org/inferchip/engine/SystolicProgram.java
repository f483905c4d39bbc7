package org.inferchip.engine;

import java.util.List;
import org.inferchip.arch.MatrixUnit.Systolic;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.MatOp;
import org.inferchip.program.Placement;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Home;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;

/**
 * A whole matrix product on one array, a fold a task, with operands that arrive at no cost: what an
 * array does when nothing else holds it back. An item is one output tile; its blocks are the first,
 * the inner and the last fold along k, and the store.
 */
final class SystolicProgram implements TileProgram {
  /** Sums in flight; more than latency / occupancy of any fold, so that none waits for a slot. */
  private static final int SUMS = 1024;

  private final int m;
  private final int n;
  private final int k;
  private final int tileM;
  private final int tileN;
  private final int tileK;
  private final List<Buffer> buffers;
  private final List<TensorRef> tensors;

  SystolicProgram(final Systolic array, final int m, final int n, final int k) {
    this.m = m;
    this.n = n;
    this.k = k;
    switch (array.dataflow()) {
      case WS -> {
        tileM = m;
        tileN = array.columns();
        tileK = array.rows();
      }
      case IS -> {
        tileM = array.columns();
        tileN = n;
        tileK = array.rows();
      }
      case OS -> {
        tileM = array.rows();
        tileN = array.columns();
        tileK = k;
      }
      default -> throw new IllegalArgumentException("dataflow " + array.dataflow());
    }
    buffers =
        List.of(
            new Buffer(0, "a", Buffer.Level.LOCAL, 2, tileM, tileK, Format.INT8),
            new Buffer(1, "b", Buffer.Level.LOCAL, 2, tileK, tileN, Format.INT8),
            new Buffer(2, "acc", Buffer.Level.ACCUMULATOR, SUMS, tileM, tileN, Format.INT32));
    tensors =
        List.of(
            new TensorRef(0, Role.INPUT, m, k, Format.INT8, Home.MEMORY),
            new TensorRef(1, Role.WEIGHT, k, n, Format.INT8, Home.MEMORY),
            new TensorRef(2, Role.OUTPUT, m, n, Format.INT32, Home.MEMORY));
  }

  private static int ceil(final int size, final int tile) {
    return (size + tile - 1) / tile;
  }

  private int steps() {
    return ceil(k, tileK);
  }

  /** Folds of the whole product. */
  long folds() {
    return (long) items(0) * steps();
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public int items(final int stream) {
    return Math.multiplyExact(ceil(m, tileM), ceil(n, tileN));
  }

  @Override
  public int blocks(final int stream, final int item) {
    return Math.min(steps(), 3);
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    return block == 1 && steps() > 2 ? steps() - 2 : 1;
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    final int row = item % ceil(m, tileM) * tileM;
    final int col = item / ceil(m, tileM) * tileN;
    final int rows = Math.min(tileM, m - row);
    final int cols = Math.min(tileN, n - col);
    final int last = steps() - 1;
    final int step = block == 0 ? 0 : block == 2 ? last : 1 + trip;
    final int at = step * tileK;
    final int deep = Math.min(tileK, k - at);
    free(out.load(tensors.get(0), row, at, rows, deep, buffers.get(0)));
    free(out.load(tensors.get(1), at, col, deep, cols, buffers.get(1)));
    out.multiply(
        MatOp.AB,
        rows,
        cols,
        deep,
        buffers.get(0),
        buffers.get(1),
        buffers.get(2),
        Accumulate.of(step == 0, step == last));
    if (step == last) {
      free(out.store(buffers.get(2), tensors.get(2), row, col, rows, cols)).endsItem();
    }
  }

  private static Task free(final Task transfer) {
    transfer.bytes = 0;
    transfer.fetchBytes = 0;
    return transfer;
  }

  @Override
  public List<Buffer> buffers() {
    return buffers;
  }

  @Override
  public List<TensorRef> tensors() {
    return tensors;
  }

  @Override
  public Placement placement() {
    return Placement.overCores(0, 1, 1);
  }

  @Override
  public Operator operator() {
    return MatMul.dense("systolic", m, n, k, Format.INT8);
  }
}
