package org.inferchip.mapping;

import org.inferchip.operator.Attention;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.MatOp;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.VectorOp;

/**
 * The loop over key blocks of an attention item. With scores computed ahead, the matrix unit works
 * on the scores of the next block while the vector unit works on the softmax of this one.
 */
final class AttentionLoop {
  private static final long PICOS_PER_NANO = 1000;
  private static final int PERCENT = Task.WHOLE / 100;

  private final AttentionTiles tiles;
  private final Attention op;
  private final AttentionParts parts;
  private final AttentionPace pace;
  private final boolean ahead;
  private final boolean fixed;
  private final int streams;
  private final long cacheBytes;
  private final int wholeRows;
  private final int wholeKeys;
  private final boolean alone;

  AttentionLoop(
      final AttentionTiles tiles,
      final AttentionParts parts,
      final AttentionMapping mapping,
      final int streams,
      final long cacheBytes) {
    this.tiles = tiles;
    this.op = tiles.op;
    this.parts = parts;
    this.pace = mapping.pace();
    this.ahead = mapping.scores() > 1;
    this.fixed = mapping.fixed();
    this.streams = streams;
    this.cacheBytes = cacheBytes;
    this.wholeRows = pace.whole() == 1 ? mapping.queryTile() : 0;
    this.alone = mapping.resident() == 1;
    this.wholeKeys = pace.whole() == 1 ? tiles.keyTile : 0;
  }

  /** Loads the queries and, ahead, computes the first scores. */
  void start(final AttentionItem item, final TaskSink out) {
    final Task load =
        out.load(
            parts.query,
            tiles.queryRow(item.tile()),
            item.firstHead() * op.headDim(),
            tiles.tokens(item.tile()),
            tiles.packed * op.headDim(),
            parts.q);
    // Every part of the keys needs the same queries, at about the same time.
    new Sharing(tiles.parts(item.tile()), item.part(), Task.FIRST_TOUCH, 1).on(load);
    final long setup = pace.setupNanos() + (long) pace.appendNanos() * newKeys(item);
    load.paced(setup * PICOS_PER_NANO, pace.inFlight(), PERCENT * pace.port()).fixed(fixed);
    if (ahead) {
      scores(item, 0, out);
    }
  }

  /**
   * Keys of the item's blocks that its sequence had not before, as far as blocks are whole. Those
   * of items of a later wave are copied while the other items of the core compute, if there are
   * any.
   */
  private int newKeys(final AttentionItem item) {
    if (item.work() >= streams && !alone) {
      return 0;
    }
    final Attention.Sequence sequence = op.sequences().get(tiles.sequence(item.tile()));
    final int first = firstKey(item, 0);
    final int end =
        Math.min(sequence.context(), (block(item, item.steps() - 1) + 1) * tiles.keyTile);
    return Math.max(0, end - Math.max(first, sequence.context() - sequence.queries()));
  }

  /** The trip of a key block. */
  void step(final AttentionItem item, final int step, final TaskSink out) {
    if (!ahead) {
      scores(item, step, out);
    } else if (step + 1 < item.steps()) {
      scores(item, step + 1, out);
    }
    final Task load = load(item, step, parts.value, op.valueDim(), parts.v, out);
    if (op.valuesInKeys()) {
      // The latent that came as keys a moment ago.
      load.reuse(0, load.bytes);
    }
    final int rows = rows(item);
    final int keys = keys(item, step);
    final Accumulate how = Accumulate.of(step == 0, step == item.steps() - 1);
    out.vector(VectorOp.SOFTMAX_STEP, rows, keys, parts.scores, parts.probabilities)
        .into(parts.rowStatistics, how)
        .extra(step == 0 ? 0 : (long) rows * op.valueDim())
        .args(
            op.causal() ? tiles.position(item.tile()) : -1,
            firstKey(item, step),
            tiles.packed,
            op.blocks().map(blocks -> -blocks.size()).orElse(tiles.window()),
            op.headDim())
        .whole(wholeRows, wholeKeys, 0)
        .share(PERCENT * pace.special())
        .fixed(fixed);
    out.multiply(
            MatOp.RESCALE_AB,
            rows,
            op.valueDim(),
            keys,
            parts.probabilities,
            parts.v,
            parts.sums,
            how)
        .whole(wholeRows, 0, wholeKeys)
        .share(PERCENT * pace.matrix())
        .fixed(fixed)
        .extra(
            (long) Math.max(rows, wholeRows)
                * Math.max(keys, wholeKeys)
                * pace.held()
                / pace.special());
  }

  private void scores(final AttentionItem item, final int step, final TaskSink out) {
    load(item, step, parts.key, op.headDim(), parts.k, out);
    final Task multiply =
        out.multiply(
                MatOp.ABT,
                rows(item),
                keys(item, step),
                op.headDim(),
                parts.q,
                parts.k,
                parts.scores,
                Accumulate.ONLY)
            .whole(wholeRows, wholeKeys, 0)
            .share(PERCENT * pace.matrix())
            .fixed(fixed);
    if (step < item.steps() - 1) {
      multiply.keepA();
    }
  }

  private Task load(
      final AttentionItem item,
      final int step,
      final TensorRef tensor,
      final int width,
      final Buffer to,
      final TaskSink out) {
    final int row = tiles.keyRow(item.tile()) + firstKey(item, step);
    final Task load =
        out.load(tensor, row, item.kvHead() * width, keys(item, step), width, to)
            .paced(
                step == 0 ? pace.fillNanos() * PICOS_PER_NANO / 2 : 0,
                pace.inFlight(),
                PERCENT * pace.port())
            .fixed(fixed);
    if (tiles.sparse()
        ? !tiles.sees(tiles.nextTile(item.tile()), block(item, step))
        : step < item.shared()) {
      sharing(item, Task.FIRST_TOUCH).on(load);
    } else if (!tiles.sparse() && freshKeys(item, step) > 0) {
      // Behind a window the next tile starts inside this block. That the rest of the block may have
      // left the cache again is left out: it is less than a block a tile.
      final long fresh = tensor.format().bytes((long) freshKeys(item, step) * width);
      sharing(item, Task.FIRST_TOUCH).on(load, fresh);
    } else {
      sharing(item, keyBytes(item)).on(load);
      if (item.nearby()) {
        load.reuse(0, load.reuseDistance);
      }
    }
    return load;
  }

  /**
   * Every set of heads loads the same keys, at about the same time: one of them misses, unless what
   * all streams work on overflows the cache, so that the others find it gone.
   */
  private Sharing sharing(final AttentionItem item, final long distance) {
    if (tiles.sets > 1 && tiles.tokensPerTile == 1 && atWork(item) > cacheBytes) {
      return new Sharing(1, 0, distance, 1);
    }
    return new Sharing(tiles.sets, item.set(), distance, 1);
  }

  /** Keys of a block at the start of the next tile's window that only this tile sees. */
  private int freshKeys(final AttentionItem item, final int step) {
    final int next = tiles.nextTile(item.tile());
    if (block(item, step) != tiles.firstBlock(next)) {
      return 0;
    }
    return tiles.firstKey(next) - firstKey(item, step);
  }

  /** Keys and values of the heads that a wave works on: what lies between two visits of a block. */
  private long keyBytes(final AttentionItem item) {
    if (tiles.acrossHeads()) {
      return waveBytes(item);
    }
    final int sequence = tiles.sequence(item.tile());
    final long heads = 1 + streams / tiles.workOfHead(sequence);
    final long context =
        tiles.sparse() ? tiles.keys(item.tile()) : op.sequences().get(sequence).context();
    final int width = op.headDim() + (op.valuesInKeys() ? 0 : op.valueDim());
    return op.cache().bytes(Math.min(heads, op.kvHeads()) * context * width);
  }

  /**
   * What lies between two visits of a block where all heads are visited in turn: the keys and
   * values that the tile sees, of every head of the sequence, the queries that a wave reads and the
   * results that it writes.
   */
  private long waveBytes(final AttentionItem item) {
    final long keys = tiles.endKey(item.tile()) - tiles.firstKey(item.tile());
    final long width = op.headDim() + (op.valuesInKeys() ? 0 : op.valueDim());
    final long rows = (long) streams * tiles.tokensPerTile * tiles.packed;
    return op.cache().bytes(op.kvHeads() * keys * width)
        + op.activation().bytes(rows * (op.headDim() + op.valueDim()));
  }

  /** Keys and values of all heads, of any sequence, that the streams work on at a time. */
  private long atWork(final AttentionItem item) {
    final int sequence = tiles.sequence(item.tile());
    final long heads =
        Math.min(
            1 + streams / tiles.workOfHead(sequence), (long) op.kvHeads() * op.sequences().size());
    return op.cache()
        .bytes(heads * op.sequences().get(sequence).context() * (op.headDim() + op.valueDim()));
  }

  private int rows(final AttentionItem item) {
    return tiles.tokens(item.tile()) * tiles.packed;
  }

  private int block(final AttentionItem item, final int step) {
    return tiles.block(item.tile(), item.firstStep() + step);
  }

  private int firstKey(final AttentionItem item, final int step) {
    return Math.max(tiles.firstKey(item.tile()), block(item, step) * tiles.keyTile);
  }

  private int keys(final AttentionItem item, final int step) {
    final int end = Math.min(tiles.endKey(item.tile()), (block(item, step) + 1) * tiles.keyTile);
    return end - firstKey(item, step);
  }
}
