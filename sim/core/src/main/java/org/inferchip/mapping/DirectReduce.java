package org.inferchip.mapping;

import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.VectorOp;

/**
 * Reductions in which every device sends to every other at once and sums in fp32 in the order of
 * devices, so that all of them get the same bits.
 *
 * <ul>
 *   <li>All-reduce, one shot: the whole message goes everywhere.
 *   <li>Reduce-scatter: part d goes to device d.
 *   <li>All-reduce, two shots: then each finished part goes everywhere.
 *   <li>All-reduce in the switch: as two shots, but the links carry each part to its device once,
 *       and each sum out of it once. The vector unit of the receiver is charged with the sum that
 *       the switch makes, which is a small part of the links' time.
 * </ul>
 */
final class DirectReduce implements CollectiveSchedule {
  private final CollectiveShares shares;
  private final CollectiveParts parts;
  private final int devices;
  private final boolean whole;
  private final boolean twice;
  private final boolean inSwitch;

  DirectReduce(final CollectiveShares shares, final boolean twice, final Homes homes) {
    this.shares = shares;
    this.twice = twice;
    inSwitch = twice && shares.mapping.algorithm() == CollectiveAlgorithm.IN_SWITCH;
    devices = shares.devices;
    whole = shares.parts == 1;
    parts = new CollectiveParts(shares, devices - 1, twice ? devices - 1 : 0, Format.FP32, homes);
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
    return twice ? 3 : 2;
  }

  @Override
  public void emit(
      final int device, final int lane, final int item, final int block, final TaskSink out) {
    switch (block) {
      case 0 -> scatter(device, lane, item, out);
      case 1 -> sum(device, lane, item, out);
      default -> gather(device, lane, item, out);
    }
  }

  /** Sends, then loads what stays. */
  private void scatter(final int device, final int lane, final int item, final TaskSink out) {
    if (whole) {
      load(device, 0, lane, item, out);
    }
    for (int hop = 1; hop < devices; hop++) {
      final int to = shares.round(device + hop);
      final int part = whole ? 0 : to;
      if (!whole) {
        load(device, part, lane, item, out);
      }
      final Task send =
          out.send(
              parts.own,
              1,
              shares.size(part, lane, item),
              shares.stream(to, lane),
              parts.arrivals.get(devices - hop - 1));
      if (inSwitch) {
        shares.added(send);
      } else {
        shares.wire(send);
      }
      if (whole) {
        send.keepA();
      }
    }
    if (!whole) {
      load(device, device, lane, item, out);
    }
  }

  private void load(
      final int device, final int part, final int lane, final int item, final TaskSink out) {
    final int col = shares.start(part) + shares.offset(part, lane, item);
    out.load(parts.input, device, col, 1, shares.size(part, lane, item), parts.own);
  }

  private void sum(final int device, final int lane, final int item, final TaskSink out) {
    final int part = whole ? 0 : device;
    final int size = shares.size(part, lane, item);
    for (int source = 0; source < devices; source++) {
      final Buffer from =
          source == device ? parts.own : parts.arrivals.get(shares.round(source - device) - 1);
      out.vector(VectorOp.ACCUMULATE, 1, size, from, parts.sum)
          .step(Accumulate.of(source == 0, source == devices - 1));
    }
    Buffer result = parts.sum;
    if (parts.out != null) {
      out.vector(VectorOp.CONVERT, 1, size, parts.sum, parts.out);
      result = parts.out;
    }
    final int offset = shares.offset(part, lane, item);
    final boolean scatters = parts.output.cols() < parts.input.cols();
    final int col = scatters ? offset : shares.start(part) + offset;
    final Task store = out.store(result, parts.output, device, col, 1, size);
    if (!twice) {
      store.endsItem();
      return;
    }
    store.keepA();
    for (int hop = 1; hop < devices; hop++) {
      final int to = shares.stream(device + hop, lane);
      final Task send = out.send(result, 1, size, to, parts.results.get(devices - hop - 1));
      if (inSwitch) {
        shares.copied(send);
      } else {
        shares.wire(send);
      }
      if (hop < devices - 1) {
        send.keepA();
      }
    }
  }

  private void gather(final int device, final int lane, final int item, final TaskSink out) {
    for (int hop = 1; hop < devices; hop++) {
      final int part = shares.round(device + hop);
      final int col = shares.start(part) + shares.offset(part, lane, item);
      final Task store =
          out.store(
              parts.results.get(hop - 1),
              parts.output,
              device,
              col,
              1,
              shares.size(part, lane, item));
      if (hop == devices - 1) {
        store.endsItem();
      }
    }
  }
}
