package org.inferchip.mapping;

import org.inferchip.operator.Collective.Kind;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.VectorOp;

/**
 * Ring collectives (Patarasuk and Yuan 2009): each device sends to the next only. In the reduce
 * phase a part goes round and grows by each device's own; after devices - 1 hops it is the sum. In
 * the gather phase finished parts go round. Sums are rounded to the message's format at every hop.
 */
final class RingSchedule implements CollectiveSchedule {
  private final CollectiveShares shares;
  private final CollectiveParts parts;
  private final int devices;
  private final boolean reduces;
  private final boolean gathers;

  RingSchedule(final CollectiveShares shares, final Homes homes) {
    this.shares = shares;
    devices = shares.devices;
    final Kind kind = shares.op.kind();
    reduces = kind != Kind.ALL_GATHER;
    gathers = kind != Kind.REDUCE_SCATTER;
    parts = new CollectiveParts(shares, 1, 0, reduces ? shares.op.format() : null, homes);
  }

  @Override
  public CollectiveParts parts() {
    return parts;
  }

  @Override
  public boolean turns() {
    return shares.equalParts();
  }

  @Override
  public int blocks(final int device) {
    return reduces && gathers ? 2 * devices - 1 : devices;
  }

  @Override
  public void emit(
      final int device, final int lane, final int item, final int block, final TaskSink out) {
    // A reduce-scatter must leave part d on device d, which is one further round.
    final int part = shares.round(device - block - (gathers ? 0 : 1));
    if (reduces && block < devices) {
      reduce(device, lane, item, part, block, out);
    } else {
      gather(device, lane, item, part, block, out);
    }
  }

  private void reduce(
      final int device,
      final int lane,
      final int item,
      final int part,
      final int block,
      final TaskSink out) {
    final int at = shares.offset(part, lane, item);
    final int size = shares.size(part, lane, item);
    out.load(parts.input, device, shares.start(part) + at, 1, size, parts.own);
    Buffer from = parts.own;
    if (block > 0) {
      out.vector(VectorOp.ADD, 1, size, parts.arrivals.get(0), parts.sum).and(parts.own);
      from = parts.sum;
    }
    if (block < devices - 1) {
      send(device, lane, size, from, out);
      return;
    }
    final int col = gathers ? shares.start(part) + at : at;
    final Task store = out.store(from, parts.output, device, col, 1, size);
    if (gathers) {
      store.keepA();
      send(device, lane, size, from, out);
    } else {
      store.endsItem();
    }
  }

  private void gather(
      final int device,
      final int lane,
      final int item,
      final int part,
      final int block,
      final TaskSink out) {
    final int at = shares.offset(part, lane, item);
    final int size = shares.size(part, lane, item);
    Buffer from = parts.arrivals.get(0);
    if (block == 0) {
      out.load(parts.input, device, at, 1, size, parts.own);
      from = parts.own;
    }
    final Task store = out.store(from, parts.output, device, shares.start(part) + at, 1, size);
    if (block < blocks(device) - 1) {
      store.keepA();
      send(device, lane, size, from, out);
    } else {
      store.endsItem();
    }
  }

  private void send(
      final int device, final int lane, final int size, final Buffer from, final TaskSink out) {
    shares.wire(out.send(from, 1, size, shares.stream(device + 1, lane), parts.arrivals.get(0)));
  }
}
