package org.inferchip.mapping;

import java.util.Arrays;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.VectorOp;

/**
 * The reduction items of a split matrix product: each sums the parts of some rows of a tile, in the
 * order of the parts, converts and stores. Every load waits for the item that stored its part.
 */
final class MatMulReduction {
  private final MatMulGrid grid;
  private final MatMulParts parts;
  private final WorkDeal deal;
  private final int streams;
  private final int rows;
  private final int perTile;
  private final int[] cuts;
  private final int[] firstOfGroup;

  MatMulReduction(
      final MatMulGrid grid, final MatMulParts parts, final WorkDeal deal, final int rows) {
    this.grid = grid;
    this.parts = parts;
    this.deal = deal;
    streams = deal.streams();
    this.rows = rows;
    perTile = MatMulGrid.ceil(grid.tileM, rows);
    cuts = Cuts.firstAndLast(grid.splits);
    final int groups = grid.op.groups();
    firstOfGroup = new int[groups + 1];
    for (int g = 0; g < groups; g++) {
      final int whole = grid.groupRows(g) / grid.tileM;
      final int edge = grid.groupRows(g) % grid.tileM;
      final int chunks = whole * perTile + (edge == 0 ? 0 : MatMulGrid.ceil(edge, rows));
      firstOfGroup[g + 1] =
          Math.addExact(firstOfGroup[g], Math.multiplyExact(chunks, grid.columns));
    }
  }

  /** Rows of a reduction: few enough for a small buffer and for work on every stream. */
  static int rows(final MatMulGrid grid, final int streams) {
    final int fit = Pieces.rowsFor(grid.tileM, grid.tileN, grid.op.accumulator());
    final long spread = Math.max(1, (long) grid.tiles * grid.tileM / streams);
    return (int) Math.min(fit, spread);
  }

  /** Reductions of a stream. */
  int items(final int stream) {
    return grid.splits == 1
        ? 0
        : MatMulProgram.share(firstOfGroup[firstOfGroup.length - 1], streams, stream);
  }

  /** First, middle and last parts, then the result. */
  int blocks() {
    return cuts.length;
  }

  int trips(final int block) {
    return block == cuts.length - 1 ? 1 : cuts[block + 1] - cuts[block];
  }

  void emit(final int number, final int block, final int trip, final TaskSink out) {
    final int at = Arrays.binarySearch(firstOfGroup, number);
    final int group = at >= 0 ? at : -at - 2;
    final int local = number - firstOfGroup[group];
    final int column = local % grid.columns;
    final int chunk = local / grid.columns;
    final int rowTile = chunk / perTile;
    final int offset = chunk % perTile * rows;
    final int row = grid.row(group, rowTile) + offset;
    final int height = Math.min(rows, grid.rows(group, rowTile) - offset);
    final int col = column * grid.tileN;
    final int width = grid.cols(column);
    if (block < cuts.length - 1) {
      add(cuts[block] + trip, grid.tileAt(group, rowTile, column), row, height, col, width, out);
    } else {
      finish(group, row, height, col, width, out);
    }
  }

  private void add(
      final int part,
      final int tile,
      final int row,
      final int height,
      final int col,
      final int width,
      final TaskSink out) {
    final int work = part * grid.tiles + tile;
    out.load(parts.workspace, part * grid.op.m() + row, col, height, width, parts.part)
        .after(deal.stream(work), deal.item(work) + 1);
    out.vector(VectorOp.ACCUMULATE, height, width, parts.part, parts.total)
        .step(Accumulate.of(part == 0, part == grid.splits - 1));
  }

  private void finish(
      final int group,
      final int row,
      final int height,
      final int col,
      final int width,
      final TaskSink out) {
    Buffer from = parts.total;
    if (parts.out != null) {
      if (parts.bias != null) {
        out.load(parts.bias, group, col, 1, width, parts.biasRow);
      }
      convert(parts.total, parts, 0, height, width, true, out);
      from = parts.out;
    }
    out.store(from, parts.output, row, col, height, width).endsItem();
  }

  /** Rows of a sum to the output format, with the bias where there is one. */
  static void convert(
      final Buffer sums,
      final MatMulParts parts,
      final int firstRow,
      final int rows,
      final int cols,
      final boolean last,
      final TaskSink out) {
    final VectorOp op = parts.bias == null ? VectorOp.CONVERT : VectorOp.ADD_ROW;
    final Task task = out.vector(op, rows, cols, sums, parts.out).fromRow(firstRow);
    if (parts.bias != null) {
      task.and(parts.biasRow);
    }
    if (!last) {
      task.keepA().keepB();
    }
  }
}
