package org.inferchip.mapping;

import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective.Kind;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.VectorOp;

/**
 * Collectives of several boxes in levels: what stays in a box goes at once over its own links, and
 * between boxes only devices of one seat exchange. With B boxes of S devices and a message of M
 * bytes, a box sends
 *
 * <pre>
 *   reduce-scatter   sums of a box: (B-1) / B M      all-gather   (B-1) / B M
 * </pre>
 *
 * to the others, where sums of single devices would be S times that. The part of device (box, seat)
 * is summed over the seats of each box first, in fp32 in their order, rounded to the message's
 * format on its way, then over boxes. An all-reduce is both, one after the other for each lane.
 */
final class TwoLevelSchedule implements CollectiveSchedule {
  private final CollectiveShares shares;
  private final CollectiveParts parts;
  private final int seats;
  private final int boxes;
  private final boolean reduces;
  private final boolean gathers;

  TwoLevelSchedule(final CollectiveShares shares, final Homes homes) {
    this.shares = shares;
    seats = shares.mapping.box();
    boxes = shares.devices / seats;
    final Kind kind = shares.op.kind();
    reduces = kind != Kind.ALL_GATHER;
    gathers = kind != Kind.REDUCE_SCATTER;
    final int sources = seats + boxes;
    parts =
        new CollectiveParts(
            shares,
            reduces ? sources : 0,
            gathers ? sources : 0,
            reduces ? Format.FP32 : null,
            homes);
  }

  @Override
  public CollectiveParts parts() {
    return parts;
  }

  @Override
  public int blocks(final int device) {
    return boxes;
  }

  @Override
  public int passes() {
    return reduces && gathers ? 2 : 1;
  }

  @Override
  public void emit(
      final int device, final int lane, final int item, final int block, final TaskSink out) {
    final CollectivePiece piece = new CollectivePiece(device, lane, item % shares.chunks, out);
    if (reduces && item < shares.chunks) {
      // The own box last, so that sums of it meet those that come from others.
      reduce(piece, boxAfter(device, block + 1));
    } else {
      gather(piece, block);
    }
  }

  private int boxAfter(final int device, final int steps) {
    return (device / seats + steps) % boxes;
  }

  private int seat(final int device) {
    return device % seats;
  }

  private int at(final int box, final int seat) {
    return box * seats + seat;
  }

  private int size(final CollectivePiece piece, final int part) {
    return shares.size(part, piece.lane(), piece.item());
  }

  private int col(final CollectivePiece piece, final int part) {
    return shares.start(part) + shares.offset(part, piece.lane(), piece.item());
  }

  private void load(final CollectivePiece piece, final int part) {
    final int size = size(piece, part);
    piece.out().load(parts.input, piece.device(), col(piece, part), 1, size, parts.own);
  }

  private Task send(
      final CollectivePiece piece,
      final Buffer from,
      final int part,
      final int to,
      final Buffer buffer) {
    final int stream = shares.stream(to, piece.lane());
    return shares.wire(piece.out().send(from, 1, size(piece, part), stream, buffer));
  }

  /** Parts of the devices of a box: to their seats, summed there, and sent to the box. */
  private void reduce(final CollectivePiece piece, final int box) {
    final int device = piece.device();
    final int own = device / seats;
    for (int hop = 1; hop < seats; hop++) {
      final int mate = (seat(device) + hop) % seats;
      load(piece, at(box, mate));
      send(piece, parts.own, at(box, mate), at(own, mate), parts.arrivals.get(seat(device)));
    }
    final int part = at(box, seat(device));
    load(piece, part);
    for (int source = 0; source < seats; source++) {
      final Buffer from = source == seat(device) ? parts.own : parts.arrivals.get(source);
      add(piece, from, part, source == 0, source == seats - 1);
    }
    final Buffer sum = rounded(piece, part);
    if (box != own) {
      send(piece, sum, part, part, parts.arrivals.get(seats + own));
      return;
    }
    Buffer all = sum;
    if (boxes > 1) {
      for (int source = 0; source < boxes; source++) {
        final Buffer from = source == own ? sum : parts.arrivals.get(seats + source);
        add(piece, from, part, source == 0, source == boxes - 1);
      }
      all = rounded(piece, part);
    }
    final int col = gathers ? col(piece, part) : shares.offset(part, piece.lane(), piece.item());
    piece.out().store(all, parts.output, device, col, 1, size(piece, part)).endsItem();
  }

  private void add(
      final CollectivePiece piece,
      final Buffer from,
      final int part,
      final boolean first,
      final boolean last) {
    piece
        .out()
        .vector(VectorOp.ACCUMULATE, 1, size(piece, part), from, parts.sum)
        .step(Accumulate.of(first, last));
  }

  private Buffer rounded(final CollectivePiece piece, final int part) {
    if (parts.out == null) {
      return parts.sum;
    }
    piece.out().vector(VectorOp.CONVERT, 1, size(piece, part), parts.sum, parts.out);
    return parts.out;
  }

  /** Finished parts of a box: from the device of this seat there, to all seats of this box. */
  private void gather(final CollectivePiece piece, final int step) {
    final int device = piece.device();
    final int own = device / seats;
    final int part = at(boxAfter(device, step), seat(device));
    final boolean last = step == boxes - 1;
    Buffer from = parts.results.get(seats + part / seats);
    if (step == 0) {
      from = first(piece);
    } else {
      final Task store =
          piece.out().store(from, parts.output, device, col(piece, part), 1, size(piece, part));
      if (seats > 1) {
        store.keepA();
      } else if (last) {
        store.endsItem();
      }
    }
    for (int hop = 1; hop < seats; hop++) {
      final int mate = (seat(device) + hop) % seats;
      final Task send = send(piece, from, part, at(own, mate), parts.results.get(seat(device)));
      if (hop < seats - 1) {
        send.keepA();
      }
    }
    for (int hop = 1; hop < seats; hop++) {
      final int mate = (seat(device) + hop) % seats;
      final int theirs = at(part / seats, mate);
      final Task store =
          piece
              .out()
              .store(
                  parts.results.get(mate),
                  parts.output,
                  device,
                  col(piece, theirs),
                  1,
                  size(piece, theirs));
      if (last && hop == seats - 1) {
        store.endsItem();
      }
    }
  }

  /** The device's own finished part, which goes to its seat in all other boxes. */
  private Buffer first(final CollectivePiece piece) {
    final int device = piece.device();
    final int size = size(piece, device);
    final int col = col(piece, device);
    parts.given(piece, reduces, col);
    if (!reduces) {
      final Task store = piece.out().store(parts.own, parts.output, device, col, 1, size);
      if (boxes + seats > 2) {
        store.keepA();
      }
    }
    for (int step = 1; step < boxes; step++) {
      final int to = at(boxAfter(device, step), seat(device));
      final Task send =
          send(piece, parts.own, device, to, parts.results.get(seats + device / seats));
      if (step < boxes - 1 || seats > 1) {
        send.keepA();
      }
    }
    return parts.own;
  }
}
