package org.inferchip.mapping;

import java.util.List;
import org.inferchip.numerics.Exponential;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Operator;
import org.inferchip.program.Buffer;
import org.inferchip.program.Placement;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;

/**
 * Fused attention with online softmax (Dao et al. 2022): for each tile of queries, blocks of keys
 * and values stream through, scores never leave the core. Where the keys of a tile are shared out
 * to several streams (Flash-Decoding), partial outputs and their statistics go through a workspace
 * and are merged by items that follow in every stream.
 *
 * <p>Thread-safe: the memo of placed items holds immutable values that any thread would compute
 * alike.
 */
final class AttentionProgram implements TileProgram {
  private final AttentionTiles tiles;
  private final AttentionParts parts;
  private final AttentionLoop loop;
  private final AttentionEnd end;
  private final AttentionMerge merge;
  private final Deal deal;
  private final Placement placement;
  private final int streams;
  private final boolean ahead;
  private final boolean appends;
  private final AttentionItem[] memo;
  private final Exponential exponential;

  AttentionProgram(
      final Attention op,
      final AttentionMapping mapping,
      final Cores cores,
      final Homes homes,
      final Exponential exponential) {
    this.exponential = exponential;
    tiles = new AttentionTiles(op, mapping);
    streams = cores.streams(mapping.resident(), tiles.work);
    ahead = mapping.scores() > 1;
    appends = mapping.pace().appendNanos() > 0;
    deal = new Deal(tiles.work, streams, this::length);
    final RowPieces pieces =
        RowPieces.of(tiles.tokensPerTile, tiles.packed, op.valueDim(), op.activation());
    final RowPieces merges = AttentionMerge.pieces(tiles, streams);
    parts = new AttentionParts(tiles, mapping, pieces, merges, homes);
    loop = new AttentionLoop(tiles, parts, mapping, streams, homes.cacheBytes());
    end = new AttentionEnd(tiles, parts, pieces, mapping.fixed());
    merge = new AttentionMerge(tiles, parts, deal, streams, merges);
    placement = cores.placement();
    memo = new AttentionItem[streams];
  }

  /** Length of a piece of work in key blocks, and one for its start and end. */
  private long length(final int work) {
    final int tile = tiles.at(work)[0];
    return MatMulGrid.ceil(tiles.blocks(tile), tiles.parts(tile)) + 1;
  }

  /** Keys and values, where the queries of a head and sequence are in one tile. */
  @Override
  public boolean readOnce(final TensorRef tensor) {
    final boolean cached =
        tensor.role() == TensorRef.Role.KEY || tensor.role() == TensorRef.Role.VALUE;
    return cached
        && tiles.sets == 1
        && tiles.op.sequences().stream().allMatch(one -> one.queries() <= tiles.tokensPerTile);
  }

  @Override
  public int streams() {
    return streams;
  }

  @Override
  public int items(final int stream) {
    return deal.items(stream) + merge.items(stream);
  }

  @Override
  public int blocks(final int stream, final int item) {
    if (item >= deal.items(stream)) {
      return merge.blocks(mergeNumber(stream, item));
    }
    final AttentionItem placed = item(stream, item);
    return 1 + placed.cuts().length - 1 + end.cuts(placed).length - 1;
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    if (item >= deal.items(stream)) {
      return merge.trips(mergeNumber(stream, item), block);
    }
    final AttentionItem placed = item(stream, item);
    final int[] cuts = placed.cuts();
    if (block == 0) {
      return 1;
    }
    if (block < cuts.length) {
      return cuts[block] - cuts[block - 1];
    }
    final int[] pieces = end.cuts(placed);
    final int last = block - cuts.length;
    return pieces[last + 1] - pieces[last];
  }

  /** All that the tasks of an item depend on but coordinates. */
  @Override
  public long itemKey(final int stream, final int item) {
    if (item >= deal.items(stream)) {
      return merge.key(mergeNumber(stream, item));
    }
    final int work = deal.piece(stream, item);
    final int[] at = tiles.at(work);
    final int next = tiles.nextTile(at[0]);
    final boolean nearby =
        next >= 0 && tiles.workOf(next, 0, at[2], at[3]) / streams == work / streams;
    final long part = (long) tiles.alike(at[0]) * tiles.maxParts + at[1];
    return 8 * (part * tiles.sets + at[3]) + (appends && work < streams ? 4 : 0) + (nearby ? 2 : 0);
  }

  /** Items with equal keys in a row. */
  @Override
  public int alike(final int stream, final int item) {
    final int last = deal.items(stream);
    if (item >= last) {
      return 1;
    }
    final long key = itemKey(stream, item);
    int next = item + 1;
    while (next < last && itemKey(stream, next) == key) {
      next++;
    }
    return next - item;
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    if (item >= deal.items(stream)) {
      merge.emit(mergeNumber(stream, item), block, trip, out);
      return;
    }
    final AttentionItem placed = item(stream, item);
    final int[] cuts = placed.cuts();
    if (block == 0) {
      loop.start(placed, out);
    } else if (block < cuts.length) {
      loop.step(placed, cuts[block - 1] + trip, out);
    } else {
      end.emit(placed, end.cuts(placed)[block - cuts.length] + trip, out);
    }
  }

  private int mergeNumber(final int stream, final int item) {
    return stream + (item - deal.items(stream)) * streams;
  }

  private AttentionItem item(final int stream, final int item) {
    final int work = deal.piece(stream, item);
    AttentionItem placed = memo[stream];
    if (placed == null || placed.work() != work) {
      placed = AttentionItem.of(tiles, work, streams, ahead);
      memo[stream] = placed;
    }
    return placed;
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
  public Exponential exponential() {
    return exponential;
  }

  @Override
  public Operator operator() {
    return tiles.op;
  }
}
