package org.inferchip.mapping;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.inferchip.operator.Attention;
import org.inferchip.program.Accumulate;
import org.inferchip.program.TaskSink;
import org.inferchip.program.VectorOp;

/**
 * The items that merge the parts of some tokens' keys, for some of their heads, in the order of the
 * parts. Every load waits for the item that stored its part.
 */
final class AttentionMerge {
  private final AttentionTiles tiles;
  private final Attention op;
  private final AttentionParts parts;
  private final Deal deal;
  private final int streams;
  private final RowPieces pieces;
  private final int perToken;
  private final int[] tile;
  private final int[] first;

  AttentionMerge(
      final AttentionTiles tiles,
      final AttentionParts parts,
      final Deal deal,
      final int streams,
      final RowPieces pieces) {
    this.tiles = tiles;
    this.op = tiles.op;
    this.parts = parts;
    this.deal = deal;
    this.streams = streams;
    this.pieces = pieces;
    perToken = op.heads() / pieces.heads();
    tile = IntStream.range(0, tiles.tiles()).filter(t -> tiles.parts(t) > 1).toArray();
    first = new int[tile.length + 1];
    for (int i = 0; i < tile.length; i++) {
      final int chunks = MatMulGrid.ceil(tiles.tokens(tile[i]), pieces.tokens());
      first[i + 1] = Math.addExact(first[i], Math.multiplyExact(chunks, perToken));
    }
  }

  /** Rows merged by one item: as many as a small buffer holds, while every stream has work. */
  static RowPieces pieces(final AttentionTiles tiles, final int streams) {
    final int width = tiles.op.valueDim();
    int heads = RowPieces.divisor(tiles.packed, width, AttentionParts.SUMS);
    while (heads > 1 && (tiles.packed % heads != 0 || merges(tiles, 1, heads) < streams)) {
      heads--;
    }
    int tokens = 1;
    if (heads == tiles.packed) {
      tokens = RowPieces.of(tiles.tokensPerTile, heads, width, AttentionParts.SUMS).tokens();
    }
    while (tokens > 1 && merges(tiles, tokens, heads) < streams) {
      tokens--;
    }
    return new RowPieces(tokens, heads);
  }

  private static long merges(final AttentionTiles tiles, final int tokens, final int heads) {
    long chunks = 0;
    for (int t = 0; t < tiles.tiles(); t++) {
      chunks += tiles.parts(t) > 1 ? MatMulGrid.ceil(tiles.tokens(t), tokens) : 0;
    }
    return chunks * (tiles.op.heads() / heads);
  }

  /** Merges of a stream. */
  int items(final int stream) {
    return MatMulProgram.share(first[first.length - 1], streams, stream);
  }

  /** A key of a merge: odd, as no key of another item is. */
  long key(final int number) {
    final int place = place(number);
    final long rows = tokens(place, chunk(number, place));
    return 2 * (tiles.parts(tile[place]) * (pieces.tokens() + 1L) + rows) + 1;
  }

  int blocks(final int number) {
    return cuts(number).length;
  }

  int trips(final int number, final int block) {
    final int[] cuts = cuts(number);
    return block == cuts.length - 1 ? 1 : cuts[block + 1] - cuts[block];
  }

  private int[] cuts(final int number) {
    return Cuts.firstAndLast(tiles.parts(tile[place(number)]));
  }

  private int place(final int number) {
    final int at = Arrays.binarySearch(first, number);
    return at >= 0 ? at : -at - 2;
  }

  private int chunk(final int number, final int place) {
    return (number - first[place]) / perToken * pieces.tokens();
  }

  private int tokens(final int place, final int chunk) {
    return Math.min(pieces.tokens(), tiles.tokens(tile[place]) - chunk);
  }

  void emit(final int number, final int block, final int trip, final TaskSink out) {
    final int place = place(number);
    final int chunk = chunk(number, place);
    final int tokens = tokens(place, chunk);
    final int token = tiles.queryRow(tile[place]) + chunk;
    final int heads = pieces.heads();
    final int head = (number - first[place]) % perToken * heads;
    final int[] cuts = cuts(number);
    if (block < cuts.length - 1) {
      add(tile[place], cuts[block] + trip, token, tokens, head, out);
      return;
    }
    out.vector(VectorOp.CONVERT, tokens * heads, op.valueDim(), parts.merged, parts.out)
        .and(parts.mergedStatistics);
    final int width = op.valueDim();
    out.store(parts.out, parts.output, token, head * width, tokens, heads * width).endsItem();
  }

  private void add(
      final int of,
      final int part,
      final int token,
      final int tokens,
      final int head,
      final TaskSink out) {
    final int kvHead = head / op.groupSize();
    final int set = head % op.groupSize() / tiles.packed;
    final int work = tiles.workOf(of, part, kvHead, set);
    final int row = part * op.queryRows() + token;
    final int heads = pieces.heads();
    final int width = op.valueDim();
    final int pair = AttentionParts.STATISTICS;
    final int stream = deal.stream(work);
    final int done = deal.item(work) + 1;
    out.load(parts.workspace, row, head * width, tokens, heads * width, parts.part)
        .after(stream, done);
    out.load(parts.statistics, row, head * pair, tokens, heads * pair, parts.partStatistics)
        .after(stream, done);
    out.vector(VectorOp.MERGE, tokens * heads, width, parts.part, parts.merged)
        .and(parts.partStatistics)
        .into(parts.mergedStatistics, Accumulate.of(part == 0, part == tiles.parts(of) - 1));
  }
}
