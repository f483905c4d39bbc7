package org.inferchip.mapping;

import java.util.List;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.MatOp;
import org.inferchip.program.Placement;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;

/**
 * A matrix product, dense or grouped, as tiles over cores.
 *
 * <p>Piece of work w runs on stream w mod S as its item w / S: waves of tiles, as a grid of thread
 * blocks runs on a GPU. An item loads tiles of A and W step by step and multiplies them into one
 * accumulator tile, then converts and stores it in pieces of rows. With a split reduction, an item
 * stores its partial sum, and reduction items that follow in every stream sum the parts in order.
 *
 * <p>Where weights stand in the cells of arrays, a piece runs on the array of its weights instead
 * ({@link ResidentDeal}).
 *
 * <p>Thread-safe: the memo of placed tiles holds immutable values that any thread would compute
 * alike.
 */
final class MatMulProgram implements TileProgram {
  private final MatMulGrid grid;
  private final TileSharing reuse;
  private final WorkDeal deal;
  private final MatMulParts parts;
  private final MatMulReduction reduction;
  private final Placement placement;
  private final MatMulMapping mapping;
  private final int streams;
  private final MatMulTile[] memo;

  MatMulProgram(
      final MatMul op, final MatMulMapping mapping, final Cores cores, final Homes homes) {
    this(mapping, cores, homes, new MatMulGrid(op, mapping), false);
  }

  private MatMulProgram(
      final MatMulMapping mapping,
      final Cores cores,
      final Homes homes,
      final MatMulGrid grid,
      final boolean resident) {
    this.mapping = mapping;
    this.grid = grid;
    if (resident) {
      final ResidentDeal place = new ResidentDeal(grid);
      deal = place;
      reuse = place;
    } else {
      deal = new WorkDeal.Round(grid.work(), grid.streams(cores, mapping.resident()));
      reuse = new MatMulReuse(grid, deal.streams(), mapping.multicast());
    }
    streams = deal.streams();
    final int reduceRows = MatMulReduction.rows(grid, streams);
    parts = new MatMulParts(grid, mapping, reduceRows, resident ? homes.inCells() : homes);
    reduction = new MatMulReduction(grid, parts, deal, reduceRows);
    placement = resident ? cores.spread() : cores.placement();
    memo = new MatMulTile[streams];
  }

  /**
   * A product whose weights stand in the arrays that multiply with them.
   *
   * @throws IllegalArgumentException if a tile or all of them do not fit the arrays
   */
  static MatMulProgram resident(
      final MatMul op,
      final MatMulMapping mapping,
      final Cores cores,
      final Homes homes,
      final AnalogSpace space) {
    final MatMulGrid grid = new MatMulGrid(op, mapping);
    space.require(grid);
    return new MatMulProgram(mapping, cores, homes, grid, true);
  }

  /** Weights, where each group has one tile of rows. */
  @Override
  public boolean readOnce(final TensorRef tensor) {
    return tensor.role() == TensorRef.Role.WEIGHT
        && grid.op.groupRows().stream().allMatch(rows -> rows <= grid.tileM);
  }

  @Override
  public boolean apart() {
    return mapping.apart() == 1;
  }

  @Override
  public double memoryShare() {
    return (double) mapping.memory() / Task.WHOLE;
  }

  @Override
  public int streams() {
    return streams;
  }

  @Override
  public int items(final int stream) {
    return tileItems(stream) + reduction.items(stream);
  }

  /** Pieces of work of a stream: those that are congruent to it. */
  private int tileItems(final int stream) {
    return deal.items(stream);
  }

  /** How many of so many things, dealt round, a stream gets. */
  static int share(final int things, final int streams, final int stream) {
    return things <= stream ? 0 : (things - stream - 1) / streams + 1;
  }

  @Override
  public int blocks(final int stream, final int item) {
    final int tileItems = tileItems(stream);
    if (item >= tileItems) {
      return reduction.blocks();
    }
    final MatMulTile tile = tile(stream, item);
    return lead() + tile.cuts().length - 1 + (grid.splits > 1 ? 1 : epilogue(tile).length - 1);
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    final int tileItems = tileItems(stream);
    if (item >= tileItems) {
      return reduction.trips(block);
    }
    if (block < lead()) {
      return 1;
    }
    final MatMulTile tile = tile(stream, item);
    final int[] cuts = tile.cuts();
    final int loop = block - lead();
    if (loop < cuts.length - 1) {
      return cuts[loop + 1] - cuts[loop];
    }
    if (grid.splits > 1) {
      return 1;
    }
    final int[] pieces = epilogue(tile);
    final int end = loop - cuts.length + 1;
    return pieces[end + 1] - pieces[end];
  }

  /** Tiles that are shared alike, of one size; reductions wait for others' items. */
  @Override
  public long itemKey(final int stream, final int item) {
    return item < tileItems(stream) ? tile(stream, item).key(grid) : UNKNOWN;
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    final int tileItems = tileItems(stream);
    if (item >= tileItems) {
      reduction.emit(stream + (item - tileItems) * streams, block, trip, out);
      return;
    }
    final MatMulTile tile = tile(stream, item);
    final int loop = block - lead();
    final int[] cuts = tile.cuts();
    if (loop < 0) {
      out.load(parts.bias, tile.group(), tile.col(), 1, tile.cols(), parts.biasRow);
    } else if (loop < cuts.length - 1) {
      step(tile, cuts[loop] + trip, out);
    } else if (grid.splits > 1) {
      final int row = tile.part() * grid.op.m() + tile.row();
      out.store(parts.sums, parts.workspace, row, tile.col(), tile.rows(), tile.cols()).endsItem();
    } else {
      finish(tile, epilogue(tile)[loop - cuts.length + 1] + trip, out);
    }
  }

  /** Blocks before the loop: the bias row. */
  private int lead() {
    return parts.bias != null && grid.splits == 1 ? 1 : 0;
  }

  private void step(final MatMulTile tile, final int step, final TaskSink out) {
    final int number = tile.firstStep() + step;
    final int depth = grid.depth(number);
    final int k = number * grid.tileK;
    tile.left().on(out.load(parts.input, tile.row(), k, tile.rows(), depth, parts.a));
    final int weightRow = tile.group() * grid.op.k() + k;
    tile.right()
        .on(out.load(parts.weight, weightRow, tile.col(), depth, tile.cols(), parts.b))
        .joint(tile.joint());
    final Accumulate how = Accumulate.of(step == 0, step == tile.steps() - 1);
    out.multiply(MatOp.AB, tile.rows(), tile.cols(), depth, parts.a, parts.b, parts.sums, how)
        .streamed(mapping.tileM(), mapping.tileN(), mapping.tileK())
        .joint(tile.joint())
        .share(mapping.share());
  }

  private int[] epilogue(final MatMulTile tile) {
    return pieces(tile).cuts();
  }

  private Pieces pieces(final MatMulTile tile) {
    return new Pieces(tile.rows(), parts.out == null ? tile.rows() : parts.out.rows());
  }

  private void finish(final MatMulTile tile, final int piece, final TaskSink out) {
    final Pieces pieces = pieces(tile);
    final int row = pieces.first(piece);
    final int rows = pieces.rowsOf(piece);
    final boolean last = pieces.isLast(piece);
    Buffer from = parts.sums;
    if (parts.out != null) {
      MatMulReduction.convert(parts.sums, parts, row, rows, tile.cols(), last, out);
      from = parts.out;
    }
    final var store =
        out.store(from, parts.output, tile.row() + row, tile.col(), rows, tile.cols());
    if (last) {
      store.endsItem();
    }
  }

  private MatMulTile tile(final int stream, final int item) {
    final int work = deal.work(stream, item);
    MatMulTile tile = memo[stream];
    if (tile == null || tile.work() != work) {
      tile = MatMulTile.of(grid, reuse, work);
      memo[stream] = tile;
    }
    return tile;
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
  public int kernels() {
    return grid.splits > 1 ? 2 : 1;
  }

  @Override
  public Operator operator() {
    return grid.op;
  }
}
