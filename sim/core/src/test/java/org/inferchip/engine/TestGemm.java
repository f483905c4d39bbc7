package org.inferchip.engine;

import java.util.List;
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
import org.inferchip.program.VectorOp;

/**
 * A GEMM for tests of the engine: tiles of tm x tn over streams, steps of tk, optionally split over
 * k with a reduction by the stream of the first split. Written apart from the project's mappings.
 */
record TestGemm(
    int m,
    int n,
    int k,
    int tm,
    int tn,
    int tk,
    int splits,
    int streams,
    int depth,
    Home home,
    Placement placement,
    int multicast)
    implements TileProgram {

  static TestGemm of(
      final int m,
      final int n,
      final int k,
      final int tm,
      final int tn,
      final int tk,
      final int streams,
      final int depth) {
    return new TestGemm(
        m, n, k, tm, tn, tk, 1, streams, depth, Home.MEMORY, Placement.overCores(0, streams, 1), 1);
  }

  TestGemm splits(final int count) {
    return new TestGemm(m, n, k, tm, tn, tk, count, streams, depth, home, placement, multicast);
  }

  TestGemm home(final Home other) {
    return new TestGemm(m, n, k, tm, tn, tk, splits, streams, depth, other, placement, multicast);
  }

  TestGemm placement(final Placement other) {
    return new TestGemm(m, n, k, tm, tn, tk, splits, streams, depth, home, other, multicast);
  }

  private int columns() {
    return (n + tn - 1) / tn;
  }

  private int tiles() {
    return (m + tm - 1) / tm * columns();
  }

  private int partial() {
    return tiles() * splits;
  }

  private int reductions() {
    return splits == 1 ? 0 : tiles();
  }

  private static int share(final int total, final int streams, final int stream) {
    return (total - stream + streams - 1) / streams;
  }

  @Override
  public int items(final int stream) {
    return share(partial(), streams, stream) + share(reductions(), streams, stream);
  }

  @Override
  public int blocks(final int stream, final int item) {
    return item < share(partial(), streams, stream) ? 4 : 1;
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    if (blocks(stream, item) == 1 || block == 0 || block == 3) {
      return 1;
    }
    final int steps = steps(stream, item);
    return block == 1 ? Math.max(1, steps - 2) : 1;
  }

  private int steps(final int stream, final int item) {
    final int split = (stream + item * streams) % splits;
    return (kEnd(split) - kStart(split) + tk - 1) / tk;
  }

  private int kStart(final int split) {
    return split * (k / tk / splits) * tk;
  }

  private int kEnd(final int split) {
    return split == splits - 1 ? k : kStart(split + 1);
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    if (blocks(stream, item) == 1) {
      reduce(stream + (item - share(partial(), streams, stream)) * streams, out);
      return;
    }
    final int work = stream + item * streams;
    final int split = work % splits;
    final int tile = work / splits;
    final int row = tile / columns() * tm;
    final int col = tile % columns() * tn;
    final int rows = Math.min(tm, m - row);
    final int cols = Math.min(tn, n - col);
    final int steps = steps(stream, item);
    if (block == 3) {
      epilogue(split, tile, row, col, rows, cols, out);
      return;
    }
    final int step = block == 0 ? 0 : block == 1 ? 1 + trip : steps - 1;
    if (step >= steps || block == 2 && steps < 3 || block == 1 && steps < 2) {
      return;
    }
    final int at = kStart(split) + step * tk;
    final int depthK = Math.min(tk, kEnd(split) - at);
    final List<Buffer> b = buffers();
    final List<TensorRef> t = tensors();
    out.load(t.get(0), row, at, rows, depthK, b.get(0)).multicast(multicast);
    out.load(t.get(1), at, col, depthK, cols, b.get(1)).multicast(multicast);
    out.multiply(
        MatOp.AB,
        rows,
        cols,
        depthK,
        b.get(0),
        b.get(1),
        b.get(2),
        Accumulate.of(step == 0, step == steps - 1));
  }

  private void epilogue(
      final int split,
      final int tile,
      final int row,
      final int col,
      final int rows,
      final int cols,
      final TaskSink out) {
    final List<Buffer> b = buffers();
    final List<TensorRef> t = tensors();
    out.vector(VectorOp.CONVERT, rows, cols, b.get(2), b.get(3));
    if (splits == 1) {
      out.store(b.get(3), t.get(2), row, col, rows, cols).endsItem();
    } else {
      out.store(b.get(3), t.get(3), split * tiles() * tm + tile * tm, 0, rows, cols).endsItem();
    }
  }

  private void reduce(final int tile, final TaskSink out) {
    final int row = tile / columns() * tm;
    final int col = tile % columns() * tn;
    final int rows = Math.min(tm, m - row);
    final int cols = Math.min(tn, n - col);
    final List<Buffer> b = buffers();
    final List<TensorRef> t = tensors();
    for (int split = 0; split < splits; split++) {
      final int work = tile * splits + split;
      out.load(t.get(3), split * tiles() * tm + tile * tm, 0, rows, cols, b.get(4))
          .after(work % streams, work / streams + 1);
      out.vector(VectorOp.ACCUMULATE, rows, cols, b.get(4), b.get(5))
          .step(Accumulate.of(split == 0, split == splits - 1));
    }
    final Task store = out.store(b.get(5), t.get(2), row, col, rows, cols);
    store.endsItem();
  }

  @Override
  public List<Buffer> buffers() {
    return List.of(
        new Buffer(0, "a", Buffer.Level.LOCAL, depth, tm, tk, Format.BF16),
        new Buffer(1, "b", Buffer.Level.LOCAL, depth, tk, tn, Format.BF16),
        new Buffer(2, "acc", Buffer.Level.ACCUMULATOR, 2, tm, tn, Format.FP32),
        new Buffer(3, "out", Buffer.Level.LOCAL, 2, tm, tn, Format.BF16),
        new Buffer(4, "part", Buffer.Level.LOCAL, 2, tm, tn, Format.BF16),
        new Buffer(5, "sum", Buffer.Level.LOCAL, 2, tm, tn, Format.BF16));
  }

  @Override
  public List<TensorRef> tensors() {
    return List.of(
        new TensorRef(0, Role.INPUT, m, k, Format.BF16, home),
        new TensorRef(1, Role.WEIGHT, k, n, Format.BF16, home),
        new TensorRef(2, Role.OUTPUT, m, n, Format.BF16, home),
        new TensorRef(3, Role.WORKSPACE, (long) tiles() * splits * tm, tn, Format.BF16, home));
  }

  @Override
  public Operator operator() {
    return MatMul.dense("gemm", m, n, k, Format.BF16);
  }
}
