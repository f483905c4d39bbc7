package org.inferchip.mapping;

import org.inferchip.operator.Attention;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.VectorOp;

/** The end of an attention item: the result in pieces, or the partial result and its statistics. */
final class AttentionEnd {
  private final AttentionTiles tiles;
  private final Attention op;
  private final AttentionParts parts;
  private final RowPieces pieces;
  private final boolean fixed;

  AttentionEnd(
      final AttentionTiles tiles,
      final AttentionParts parts,
      final RowPieces pieces,
      final boolean fixed) {
    this.fixed = fixed;
    this.tiles = tiles;
    this.op = tiles.op;
    this.parts = parts;
    this.pieces = pieces;
  }

  /** Borders of the blocks of the end. */
  int[] cuts(final AttentionItem item) {
    if (tiles.parts(item.tile()) > 1) {
      return Cuts.of(1);
    }
    final int count = pieces.count(tiles.tokens(item.tile()), tiles.packed);
    return Cuts.of(count, count - 1);
  }

  void emit(final AttentionItem item, final int piece, final TaskSink out) {
    if (tiles.parts(item.tile()) > 1) {
      partial(item, out);
    } else {
      finish(item, piece, out);
    }
  }

  private void partial(final AttentionItem item, final TaskSink out) {
    final int row = item.part() * op.queryRows() + tiles.queryRow(item.tile());
    final int tokens = tiles.tokens(item.tile());
    final int width = op.valueDim();
    out.store(
        parts.sums, parts.workspace, row, item.firstHead() * width, tokens, tiles.packed * width);
    out.store(
            parts.rowStatistics,
            parts.statistics,
            row,
            item.firstHead() * AttentionParts.STATISTICS,
            tokens,
            tiles.packed * AttentionParts.STATISTICS)
        .endsItem();
  }

  private void finish(final AttentionItem item, final int piece, final TaskSink out) {
    final int tokens = tiles.tokens(item.tile());
    final int perToken = tiles.packed / pieces.heads();
    final int token = piece / perToken * pieces.tokens();
    final int head = piece % perToken * pieces.heads();
    final int height = Math.min(pieces.tokens(), tokens - token);
    final boolean last = piece == pieces.count(tokens, tiles.packed) - 1;
    final Task scale =
        out.vector(
                VectorOp.NORMALISE, height * pieces.heads(), op.valueDim(), parts.sums, parts.out)
            .and(parts.rowStatistics)
            .fixed(fixed)
            .fromRow(token * tiles.packed + head);
    final Task store =
        out.store(
            parts.out,
            parts.output,
            tiles.queryRow(item.tile()) + token,
            (item.firstHead() + head) * op.valueDim(),
            height,
            pieces.heads() * op.valueDim());
    if (last) {
      store.endsItem();
    } else {
      scale.keepA().keepB();
    }
  }
}
