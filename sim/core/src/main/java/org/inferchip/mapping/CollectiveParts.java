package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Traffic;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;

/**
 * Tensors and buffers of a collective. Row d of the input and of the output is device d's; a send
 * has one row of each. {@code SEND} goes from device 0 to device 1.
 */
final class CollectiveParts {
  /** Slots of a buffer that another device writes; a ring needs two. */
  private static final int ARRIVALS = 2;

  final CollectiveShares shares;
  final TensorRef input;
  final TensorRef output;
  final Buffer own;
  final List<Buffer> arrivals;
  final List<Buffer> results;
  final Buffer sum;
  final Buffer out;
  final List<TensorRef> tensors;
  final List<Buffer> buffers;

  /**
   * Declares them.
   *
   * @param sources buffers for what arrives, one for each device that sends to it, in the order of
   *     devices counted from itself
   * @param gathers buffers for finished parts that arrive in a second phase
   * @param sums whether parts are summed, and in which format; null if they are not
   */
  CollectiveParts(
      final CollectiveShares shares,
      final int sources,
      final int gathers,
      final Format sums,
      final Homes homes) {
    this.shares = shares;
    final Collective op = shares.op;
    final Format format = op.format();
    final int rows = op.kind() == Collective.Kind.SEND ? 1 : op.devices();
    final Tensors all = new Tensors(homes, rows);
    final int share = Math.toIntExact((op.elements() - 1) / op.devices() + 1);
    final int whole = Math.toIntExact(op.elements());
    final boolean gather = op.kind() == Collective.Kind.ALL_GATHER;
    final boolean scatter = op.kind() == Collective.Kind.REDUCE_SCATTER;
    input = all.read(TensorRef.Role.INPUT, rows, gather ? share : whole, format);
    output = all.written(TensorRef.Role.OUTPUT, rows, scatter ? share : whole, format);
    final int piece = shares.longestPiece();
    own = all.local("own", 2, 1, piece, format);
    arrivals = several(all, "from ", sources, 1, piece, format);
    results = several(all, "result of ", gathers, 1, piece, format);
    sum = sums == null ? null : all.local("sum", 2, 1, piece, sums);
    out = sums == null || sums == format ? null : all.local("out", 2, 1, piece, format);
    tensors = all.tensors();
    buffers = all.buffers();
  }

  /**
   * Of an exchange of rows.
   *
   * @param rows most rows of a piece
   * @param cols most columns of a piece
   */
  CollectiveParts(
      final CollectiveShares shares, final int rows, final int cols, final Homes homes) {
    this.shares = shares;
    final Collective op = shares.op;
    final Traffic all = op.traffic().orElseThrow();
    final Tensors made = new Tensors(homes, op.devices());
    input = made.read(TensorRef.Role.INPUT, all.total(), all.width(), op.format());
    output = made.written(TensorRef.Role.OUTPUT, all.total(), all.width(), op.format());
    own = made.local("own", 2, rows, cols, op.format());
    arrivals = several(made, "from ", op.devices() - 1, rows, cols, op.format());
    results = List.of();
    sum = null;
    out = null;
    tensors = made.tensors();
    buffers = made.buffers();
  }

  /**
   * Loads what a device gives to others as a piece of its own part.
   *
   * @param summed whether that is the sum which it has stored before, as its item of this number;
   *     else its input
   * @param col first element of the piece in the message
   */
  Task given(final CollectivePiece piece, final boolean summed, final int col) {
    final int device = piece.device();
    final int size = shares.size(device, piece.lane(), piece.item());
    if (!summed) {
      final int at = shares.offset(device, piece.lane(), piece.item());
      return piece.out().load(input, device, at, 1, size, own);
    }
    return piece
        .out()
        .load(output, device, col, 1, size, own)
        .after(shares.stream(device, piece.lane()), piece.item() + 1);
  }

  private static List<Buffer> several(
      final Tensors all,
      final String name,
      final int count,
      final int rows,
      final int cols,
      final Format format) {
    final List<Buffer> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(all.local(name + i, ARRIVALS, rows, cols, format));
    }
    return List.copyOf(made);
  }
}
