package org.inferchip.mapping;

import org.inferchip.operator.Collective.Kind;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.VectorOp;

/**
 * Collectives from neighbour to neighbour both ways at once, along a line or round a ring.
 *
 * <ul>
 *   <li>All-gather: every device sends its part both ways, and passes on what comes from one side
 *       to the other. On a line of n a part goes to both ends; round a ring n / 2 devices up and
 *       (n-1) / 2 down, rounded down.
 *   <li>Reduce-scatter: the same in reverse. A sum for part p starts at each end (or where the ring
 *       is cut for p), gathers the parts of the devices that it passes, and ends on device p, which
 *       adds both sums to its own. On every link the parts that go farthest come first.
 *   <li>All-reduce: a reduce-scatter of all pieces, then an all-gather of the sums, as two kernels
 *       do it one after the other.
 * </ul>
 *
 * <p>A block is one round: what comes from both sides is worked on and passed on.
 */
final class NeighbourSchedule implements CollectiveSchedule {
  private final CollectiveShares shares;
  private final CollectiveParts parts;
  private final int devices;
  private final boolean ring;
  private final boolean reduces;
  private final boolean gathers;

  NeighbourSchedule(final CollectiveShares shares, final boolean ring, final Homes homes) {
    this.shares = shares;
    this.ring = ring;
    devices = shares.devices;
    final Kind kind = shares.op.kind();
    reduces = kind != Kind.ALL_GATHER;
    gathers = kind != Kind.REDUCE_SCATTER;
    // The second result holds the sum of the second side.
    parts =
        new CollectiveParts(shares, 2, reduces ? 1 : 0, reduces ? shares.op.format() : null, homes);
  }

  @Override
  public CollectiveParts parts() {
    return parts;
  }

  /** Devices that a sum or part of this device passes through, up (side 0) or down (side 1). */
  private int reach(final int device, final int side) {
    if (ring) {
      return side == 0 ? devices / 2 : (devices - 1) / 2;
    }
    return side == 0 ? devices - 1 - device : device;
  }

  /** Parts that come to a device from below (side 0, going up) or from above. */
  private int coming(final int device, final int side) {
    return ring ? reach(device, side) : reach(device, 1 - side);
  }

  private int rounds(final int device) {
    return 1 + Math.max(coming(device, 0), coming(device, 1));
  }

  /** Rounds in which a device passes sums on before it has the last. */
  private int sums(final int device) {
    return Math.max(reach(device, 0), reach(device, 1));
  }

  @Override
  public int blocks(final int device) {
    return reduces ? sums(device) + 1 : rounds(device);
  }

  @Override
  public int blocks(final int device, final int item) {
    return scatters(item) ? sums(device) + 1 : rounds(device);
  }

  @Override
  public int passes() {
    return reduces && gathers ? 2 : 1;
  }

  private boolean scatters(final int item) {
    return reduces && item < shares.chunks;
  }

  @Override
  public void emit(
      final int device, final int lane, final int item, final int block, final TaskSink out) {
    final CollectivePiece piece = new CollectivePiece(device, lane, item % shares.chunks, out);
    if (scatters(item)) {
      if (block == sums(device)) {
        finish(piece);
      } else {
        passSum(piece, block, 0);
        passSum(piece, block, 1);
      }
    } else if (block == 0) {
      start(piece);
    } else {
      final boolean last = block == rounds(device) - 1;
      passOn(piece, block, 0, last);
      passOn(piece, block, 1, last);
    }
  }

  /** Adds what came for a part farther on, and sends the sum there. */
  private void passSum(final CollectivePiece piece, final int round, final int side) {
    final int reach = reach(piece.device(), side);
    if (round >= reach) {
      return;
    }
    final int part = along(piece.device(), side, reach - round);
    final int size = load(piece, part, true);
    // Sums that pass through came from the far end, in the order in which they go on.
    final boolean comes = ring ? round > 0 : coming(piece.device(), side) > 0;
    if (comes) {
      add(piece, parts.arrivals.get(side), parts.own, parts.sum, size);
    }
    send(piece, comes ? parts.sum : parts.own, size, side);
  }

  /** Sums what came from both sides for this device's part, and stores it. */
  private void finish(final CollectivePiece piece) {
    final int device = piece.device();
    final int size = load(piece, device, false);
    Buffer sum = parts.own;
    if (coming(device, 0) > 0) {
      add(piece, parts.arrivals.get(0), sum, parts.sum, size);
      sum = parts.sum;
    }
    if (coming(device, 1) > 0) {
      final Buffer to = sum == parts.own ? parts.sum : parts.results.get(0);
      add(piece, parts.arrivals.get(1), sum, to, size);
      sum = to;
    }
    final int at = shares.offset(device, piece.lane(), piece.item());
    final int col = gathers ? shares.start(device) + at : at;
    piece.out().store(sum, parts.output, device, col, 1, size).endsItem();
  }

  /** Takes a device's part, or its finished sum, stores it if it is not there, and sends it. */
  private void start(final CollectivePiece piece) {
    final int device = piece.device();
    final int size = shares.size(device, piece.lane(), piece.item());
    final int col = shares.start(device) + shares.offset(device, piece.lane(), piece.item());
    shares.paced(parts.given(piece, reduces, col), 1);
    if (!reduces) {
      piece.out().store(parts.own, parts.output, device, col, 1, size).keepA();
    }
    sendBoth(piece, parts.own, size);
  }

  private void sendBoth(final CollectivePiece piece, final Buffer from, final int size) {
    final boolean up = reach(piece.device(), 0) > 0;
    final boolean down = reach(piece.device(), 1) > 0;
    if (up) {
      final Task task = send(piece, from, size, 0);
      if (down) {
        task.keepA();
      }
    }
    if (down) {
      send(piece, from, size, 1);
    }
  }

  /** Stores a part that came, and passes it on unless it has gone far enough. */
  private void passOn(
      final CollectivePiece piece, final int round, final int side, final boolean last) {
    if (round > coming(piece.device(), side)) {
      return;
    }
    final int part = along(piece.device(), 1 - side, round);
    final int size = shares.size(part, piece.lane(), piece.item());
    final int col = shares.start(part) + shares.offset(part, piece.lane(), piece.item());
    final boolean on =
        ring ? round < coming(piece.device(), side) : reach(piece.device(), side) > 0;
    if (on) {
      send(piece, parts.arrivals.get(side), size, side).keepA();
    }
    final Task store =
        piece.out().store(parts.arrivals.get(side), parts.output, piece.device(), col, 1, size);
    if (last && ends(piece.device(), round, side)) {
      store.endsItem();
    }
  }

  /** Whether this side's task is the last of the last round. */
  private boolean ends(final int device, final int round, final int side) {
    return side == 1 || round > coming(device, 1);
  }

  private int load(final CollectivePiece piece, final int part, final boolean forOthers) {
    final int size = shares.size(part, piece.lane(), piece.item());
    final int at = shares.start(part) + shares.offset(part, piece.lane(), piece.item());
    final Task load = piece.out().load(parts.input, piece.device(), at, 1, size, parts.own);
    if (forOthers) {
      shares.paced(load, devices - 1);
    }
    return size;
  }

  private static void add(
      final CollectivePiece piece,
      final Buffer came,
      final Buffer own,
      final Buffer to,
      final int size) {
    piece.out().vector(VectorOp.ADD, 1, size, came, to).and(own);
  }

  /** The device so far up (side 0) or down. */
  private int along(final int device, final int side, final int distance) {
    return shares.round(side == 0 ? device + distance : device - distance);
  }

  private Task send(
      final CollectivePiece piece, final Buffer from, final int size, final int side) {
    final int to = shares.stream(along(piece.device(), side, 1), piece.lane());
    return shares.wire(piece.out().send(from, 1, size, to, parts.arrivals.get(side)));
  }
}
