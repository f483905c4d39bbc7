package org.inferchip.mapping;

import org.inferchip.operator.Collective.Kind;
import org.inferchip.program.Hashing;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;

/**
 * All-gather and all-to-all in one hop: every device sends to every other at once and stores what
 * arrives: of an all-gather in the order of devices counted from itself, of an all-to-all in the
 * order in which it comes, other links first in other lanes.
 */
final class DirectExchange implements CollectiveSchedule {
  private final CollectiveShares shares;
  private final CollectiveParts parts;
  private final boolean gathers;

  DirectExchange(final CollectiveShares shares, final Homes homes) {
    this.shares = shares;
    gathers = shares.op.kind() == Kind.ALL_GATHER;
    parts = new CollectiveParts(shares, shares.devices - 1, 0, null, homes);
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
  public long itemKey(final int device, final int lane, final int item) {
    final long key = shares.key(device, lane, item);
    return gathers ? key : Hashing.mix(key, hop(1, lane));
  }

  @Override
  public int blocks(final int device) {
    return 2;
  }

  @Override
  public void emit(
      final int device, final int lane, final int item, final int block, final TaskSink out) {
    // Parts are equal, so that a piece has one place and size in all of them.
    final int at = shares.offset(device, lane, item);
    final int size = shares.size(device, lane, item);
    if (block == 0) {
      send(device, lane, at, size, out);
    } else {
      receive(device, lane, at, size, out);
    }
  }

  private void send(
      final int device, final int lane, final int at, final int size, final TaskSink out) {
    for (int step = 0; step < shares.devices; step++) {
      final int hop = step == 0 ? 0 : hop(step, lane);
      final int to = shares.round(device + hop);
      if (hop == 0 || !gathers) {
        final int col = gathers ? at : shares.start(to) + at;
        final Task load = out.load(parts.input, device, col, 1, size, parts.own);
        if (gathers || hop > 0) {
          shares.paced(load, gathers ? 1 : shares.devices - 1);
        }
      }
      final Task task =
          hop == 0
              ? out.store(parts.own, parts.output, device, shares.start(device) + at, 1, size)
              : shares.wire(
                  out.send(
                      parts.own,
                      1,
                      size,
                      shares.stream(to, lane),
                      parts.arrivals.get(shares.devices - hop - 1)));
      if (gathers && step < shares.devices - 1) {
        task.keepA();
      }
    }
  }

  /** How far on a lane sends in a step from 1 on: each lane of an all-to-all begins elsewhere. */
  private int hop(final int step, final int lane) {
    return gathers ? step : 1 + (step - 1 + lane) % (shares.devices - 1);
  }

  private void receive(
      final int device, final int lane, final int at, final int size, final TaskSink out) {
    for (int step = 1; step < shares.devices; step++) {
      final int hop = hop(step, lane);
      // Of an all-to-all in the order in which it comes: from as far as it was sent.
      final int away = gathers ? hop : shares.devices - hop;
      final int from = shares.round(device + away);
      final Task store =
          out.store(
              parts.arrivals.get(away - 1), parts.output, device, shares.start(from) + at, 1, size);
      if (step == shares.devices - 1) {
        store.endsItem();
      }
    }
  }
}
