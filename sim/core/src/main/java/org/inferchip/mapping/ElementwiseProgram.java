package org.inferchip.mapping;

import java.util.List;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Operator;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.Placement;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;
import org.inferchip.program.VectorOp;

/**
 * Element-wise work as tiles of rows and columns dealt round the streams: load, compute, store.
 * Rows of weights are loaded once by each stream and kept. Sums (experts' outputs) and searches
 * along rows (largest logit) go over several steps.
 */
final class ElementwiseProgram implements TileProgram {
  private final Elementwise op;
  private final ElementwiseKind kind;
  private final ElementwiseParts parts;
  private final Placement placement;
  private final int tileRows;
  private final int tileCols;
  private final int columns;
  private final int tiles;
  private final int streams;
  private final int[] cuts;

  ElementwiseProgram(
      final Elementwise op, final ElementwiseMapping mapping, final Cores all, final Homes homes) {
    this.op = op;
    kind = ElementwiseKind.of(op);
    tileRows = Math.min(mapping.rows(), op.rows());
    tileCols = tileCols(mapping.cols());
    parts = new ElementwiseParts(op, mapping, tileCols, homes);
    final boolean search = op.kind() == Elementwise.Kind.ARGMAX;
    final int chunks = MatMulGrid.ceil(op.cols(), tileCols);
    columns = search ? 1 : chunks;
    cuts = Cuts.firstAndLast(search ? chunks : kind.steps());
    tiles = Math.multiplyExact(MatMulGrid.ceil(op.rows(), tileRows), columns);
    final Cores cores = all.using(mapping.arrays());
    streams = cores.streams(mapping.resident(), tiles);
    placement = cores.placement();
  }

  private int tileCols(final int wanted) {
    if (kind.wholeRows()) {
      return op.cols();
    }
    return Math.min(op.cols(), Math.max(1, wanted / kind.granule()) * kind.granule());
  }

  @Override
  public int streams() {
    return streams;
  }

  @Override
  public int items(final int stream) {
    return MatMulProgram.share(tiles, streams, stream);
  }

  /** Between the first item of a stream, its last, and those of the last, shorter rows. */
  @Override
  public int alike(final int stream, final int item) {
    final boolean even = columns == 1 || op.cols() % tileCols == 0;
    if (!even || item == 0) {
      return 1;
    }
    final int whole = MatMulProgram.share(tiles - columns, streams, stream);
    return Math.max(1, Math.min(whole, items(stream) - 1) - item);
  }

  /** Rows and columns of the tile, and whether weights are loaded before or released after it. */
  @Override
  public long itemKey(final int stream, final int item) {
    if (lead(item) > 0) {
      return UNKNOWN;
    }
    final int tile = stream + item * streams;
    final int rows = Math.min(tileRows, op.rows() - tile / columns * tileRows);
    final int cols = Math.min(tileCols, op.cols() - tile % columns * tileCols);
    return 2 * ((long) rows << 31 | cols) + (item == items(stream) - 1 ? 1 : 0);
  }

  @Override
  public int blocks(final int stream, final int item) {
    return lead(item) + cuts.length - 1;
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    final int loop = block - lead(item);
    return loop < 0 ? 1 : cuts[loop + 1] - cuts[loop];
  }

  /** Blocks before the tile: rows of weights, once a stream. */
  private int lead(final int item) {
    return item == 0 && kind.weighted() ? 1 : 0;
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    final int loop = block - lead(item);
    if (loop < 0) {
      weights(stream, out);
      return;
    }
    final int tile = stream + item * streams;
    final int row = tile / columns * tileRows;
    final int col = tile % columns * tileCols;
    final int rows = Math.min(tileRows, op.rows() - row);
    final boolean last = item == items(stream) - 1;
    switch (op.kind()) {
      case ARGMAX -> search(row, rows, cuts[loop] + trip, out);
      case COMBINE -> combine(row, rows, col, cuts[loop] + trip, out);
      default -> tile(row, rows, col, Math.min(tileCols, op.cols() - col), last, out);
    }
  }

  private void weights(final int stream, final TaskSink out) {
    // Every stream loads them at the start.
    final Sharing sharing = new Sharing(streams, stream, Task.FIRST_TOUCH, 1);
    sharing.on(out.load(parts.weight, 0, 0, 1, op.cols(), parts.weights));
    if (kind.shifted()) {
      sharing.on(out.load(parts.bias, 0, 0, 1, op.cols(), parts.shifts));
    }
  }

  private void tile(
      final int row,
      final int rows,
      final int col,
      final int cols,
      final boolean lastOfStream,
      final TaskSink out) {
    loads(row, rows, col, cols, out);
    Buffer from = parts.x;
    if (kind.adds()) {
      out.vector(VectorOp.ADD, rows, cols, parts.x, parts.sums).and(parts.y);
      from = parts.sums;
    }
    if (kind.computes()) {
      compute(from, rows, cols, lastOfStream, out);
      if (kind.adds()) {
        out.store(parts.sums, parts.sum, row, col, rows, cols);
      }
      from = parts.out;
    }
    final Task store = out.store(from, parts.output, row, outCol(col), rows, kind.outCols(cols));
    if (op.kind() == Elementwise.Kind.KV_WRITE) {
      store.through(parts.index);
    }
    store.endsItem();
  }

  private int outCol(final int col) {
    return kind.listsColumns() ? 0 : col;
  }

  private void loads(
      final int row, final int rows, final int col, final int cols, final TaskSink out) {
    final Task load = out.load(parts.input, row, col, rows, cols, parts.x);
    if (op.kind() == Elementwise.Kind.EMBEDDING || op.kind() == Elementwise.Kind.PERMUTE) {
      load.through(parts.index);
    }
    if (kind.second() == ElementwiseKind.Second.TENSOR) {
      out.load(parts.other, row, col, rows, cols, parts.y);
    } else if (kind.second() == ElementwiseKind.Second.HALF) {
      out.load(parts.input, row, op.cols() + col, rows, cols, parts.y);
    } else if (kind.second() == ElementwiseKind.Second.POSITION) {
      out.load(parts.index, row, 0, rows, 1, parts.y);
    }
  }

  private void compute(
      final Buffer from,
      final int rows,
      final int cols,
      final boolean lastOfStream,
      final TaskSink out) {
    final Task task = out.vector(kind.vector(), rows, cols, from, parts.out);
    task.args(op.parameter(), 0, 0, 0, 0);
    if (kind.weighted()) {
      task.and(parts.weights);
      if (kind.shifted()) {
        task.andThird(parts.shifts);
      }
      if (!lastOfStream) {
        task.keepB().keepC();
      }
      if (kind.adds()) {
        task.keepA();
      }
    } else if (kind.second() != null) {
      task.and(parts.y);
    }
  }

  private void search(final int row, final int rows, final int step, final TaskSink out) {
    final int col = step * tileCols;
    final int cols = Math.min(tileCols, op.cols() - col);
    final Accumulate how = Accumulate.of(step == 0, step == cuts[cuts.length - 1] - 1);
    out.load(parts.input, row, col, rows, cols, parts.x);
    out.vector(VectorOp.ARGMAX, rows, cols, parts.x, parts.out).args(col, 0, 0, 0, 0).step(how);
    if (how.fills()) {
      out.store(parts.out, parts.output, row, 0, rows, kind.outCols(cols)).endsItem();
    }
  }

  private void combine(
      final int row, final int rows, final int col, final int step, final TaskSink out) {
    final int cols = Math.min(tileCols, op.cols() - col);
    final Accumulate how = Accumulate.of(step == 0, step == kind.steps() - 1);
    out.load(parts.input, step * op.rows() + row, col, rows, cols, parts.x).through(parts.index);
    out.load(parts.other, row, step, rows, 1, parts.y);
    out.vector(VectorOp.WEIGHTED_ADD, rows, cols, parts.x, parts.sums).and(parts.y).step(how);
    if (how.fills()) {
      out.vector(VectorOp.CONVERT, rows, cols, parts.sums, parts.out);
      out.store(parts.out, parts.output, row, col, rows, cols).endsItem();
    }
  }

  @Override
  public List<Buffer> buffers() {
    return parts.buffers;
  }

  @Override
  public List<TensorRef> tensors() {
    return parts.tensors;
  }

  @Override
  public Placement placement() {
    return placement;
  }

  @Override
  public Operator operator() {
    return op;
  }
}
