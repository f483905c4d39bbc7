package org.inferchip.mapping;

import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.program.Buffer;
import org.inferchip.program.TensorRef;

/** Tensors and buffers of an attention. Those that a program does not use are null. */
final class AttentionParts {
  /** Elements of the statistics of a row: running maximum and sum. */
  static final int STATISTICS = 2;

  /** Format of scores, sums and statistics. */
  static final Format SUMS = Format.FP32;

  final TensorRef query;
  final TensorRef key;
  final TensorRef value;
  final TensorRef output;
  final TensorRef workspace;
  final TensorRef statistics;
  final Buffer q;
  final Buffer k;
  final Buffer v;
  final Buffer scores;
  final Buffer probabilities;
  final Buffer sums;
  final Buffer rowStatistics;
  final Buffer out;
  final Buffer part;
  final Buffer partStatistics;
  final Buffer merged;
  final Buffer mergedStatistics;
  final List<TensorRef> tensors;
  final List<Buffer> buffers;

  /** Where a buffer is taken. */
  private interface Place {
    Buffer take(String name, int depth, int rows, int cols, Format format);
  }

  AttentionParts(
      final AttentionTiles tiles,
      final AttentionMapping mapping,
      final RowPieces pieces,
      final RowPieces merges,
      final Homes homes) {
    final Attention op = tiles.op;
    final boolean split = tiles.maxParts > 1;
    final int keys = op.sequences().stream().mapToInt(Attention.Sequence::context).sum();
    final long parts = (long) tiles.maxParts * op.queryRows();
    final int heads = op.heads();
    final int value = op.valueDim();
    final Format cells = op.cache();
    final Tensors all = new Tensors(homes);
    query =
        all.read(
            TensorRef.Role.INPUT, op.queryRows(), (long) heads * op.headDim(), op.activation());
    key = all.stored(TensorRef.Role.KEY, keys, (long) op.kvHeads() * op.headDim(), cells);
    this.value = all.stored(TensorRef.Role.VALUE, keys, (long) op.kvHeads() * value, cells);
    output =
        all.written(TensorRef.Role.OUTPUT, op.queryRows(), (long) heads * value, op.activation());
    workspace =
        split ? all.read(TensorRef.Role.WORKSPACE, parts, (long) heads * value, SUMS) : null;
    statistics =
        split ? all.read(TensorRef.Role.STATISTICS, parts, (long) heads * STATISTICS, SUMS) : null;
    final int rows = tiles.tokensPerTile * tiles.packed;
    final int step = tiles.keyTile;
    q = all.local("q", 1, rows, op.headDim(), op.activation());
    k = all.local("k", mapping.stages(), step, op.headDim(), cells);
    v = all.local("v", mapping.stages(), step, value, cells);
    scores = all.accumulator("s", mapping.scores(), rows, step, SUMS);
    final boolean inPlace = mapping.pace().place() == 1;
    probabilities =
        inPlace
            ? all.overlaid("p", mapping.scores(), rows, step + 1, op.activation())
            : all.accumulator("p", mapping.fixed() ? 2 : 1, rows, step + 1, op.activation());
    sums = all.accumulator("o", 1, rows, value, SUMS);
    // Accumulators that are full of scores and sums leave statistics to the operand memory.
    rowStatistics =
        inPlace
            ? all.local("stats", 1, rows, STATISTICS, SUMS)
            : all.accumulator("stats", 1, rows, STATISTICS, SUMS);
    final int rowsMerged = merges.rows();
    final int outRows = Math.max(pieces.rows(), split ? rowsMerged : 1);
    final Place place = mapping.pace().results() == 1 ? all::accumulator : all::local;
    out = place.take("out", 2, outRows, value, op.activation());
    part = split ? place.take("part", 2, rowsMerged, value, SUMS) : null;
    partStatistics = split ? place.take("part stats", 2, rowsMerged, STATISTICS, SUMS) : null;
    merged = split ? place.take("merged", 1, rowsMerged, value, SUMS) : null;
    mergedStatistics = split ? place.take("merged stats", 1, rowsMerged, STATISTICS, SUMS) : null;
    tensors = all.tensors();
    buffers = all.buffers();
  }
}
