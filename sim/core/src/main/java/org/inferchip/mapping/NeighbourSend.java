package org.inferchip.mapping;

import org.inferchip.program.TaskSink;

/** Device 0 sends its message to device 1, piece by piece. */
final class NeighbourSend implements CollectiveSchedule {
  private final CollectiveShares shares;
  private final CollectiveParts parts;

  NeighbourSend(final CollectiveShares shares, final Homes homes) {
    this.shares = shares;
    parts = new CollectiveParts(shares, 1, 0, null, homes);
  }

  @Override
  public CollectiveParts parts() {
    return parts;
  }

  @Override
  public int blocks(final int device) {
    return 1;
  }

  @Override
  public void emit(
      final int device, final int lane, final int item, final int block, final TaskSink out) {
    final int at = shares.offset(0, lane, item);
    final int size = shares.size(0, lane, item);
    if (device == 0) {
      shares.paced(out.load(parts.input, 0, at, 1, size, parts.own), 1);
      shares
          .wire(out.send(parts.own, 1, size, shares.stream(1, lane), parts.arrivals.get(0)))
          .endsItem();
    } else {
      out.store(parts.arrivals.get(0), parts.output, 0, at, 1, size).endsItem();
    }
  }
}
