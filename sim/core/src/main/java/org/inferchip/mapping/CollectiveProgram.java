package org.inferchip.mapping;

import java.util.List;
import org.inferchip.operator.Operator;
import org.inferchip.program.Buffer;
import org.inferchip.program.Placement;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;

/**
 * A collective as real sends between streams of different devices. Stream = device x lanes + lane;
 * a lane does its pieces of every part one after the other, so that the sends of one overlap with
 * the sums of the other.
 */
final class CollectiveProgram implements TileProgram {
  private final CollectiveSchedule schedule;
  private final CollectiveShares shares;
  private final Placement placement;
  private final Cores cores;
  private final Homes homes;

  CollectiveProgram(final CollectiveSchedule schedule, final Cores cores, final Homes homes) {
    this.schedule = schedule;
    this.cores = cores;
    this.homes = homes;
    shares = schedule.parts().shares;
    placement = new Lanes(shares.devices, shares.lanes, cores);
  }

  /** Lanes of a device over its cores, then over the arrays of a core. */
  private record Lanes(int devices, int lanes, Cores cores) implements Placement {
    @Override
    public int device(final int stream) {
      return stream / lanes;
    }

    @Override
    public int coreGroup(final int stream) {
      return cores.group();
    }

    @Override
    public int core(final int stream) {
      return stream % lanes % cores.count();
    }

    @Override
    public int array(final int stream) {
      return stream % lanes / cores.count() % cores.arrays();
    }
  }

  @Override
  public long startPicos() {
    return shares.mapping.startPicos();
  }

  @Override
  public int streams() {
    return shares.devices * shares.lanes;
  }

  @Override
  public int items(final int stream) {
    return schedule.blocks(shares.device(stream)) == 0 ? 0 : schedule.passes() * schedule.items();
  }

  @Override
  public int alike(final int stream, final int item) {
    // Items of later passes wait.
    return item < schedule.items() && schedule.equalItems() ? schedule.items() - item : 1;
  }

  @Override
  public long itemKey(final int stream, final int item) {
    return schedule.passes() > 1
        ? UNKNOWN
        : schedule.itemKey(shares.device(stream), shares.lane(stream), item);
  }

  @Override
  public boolean even() {
    return schedule.evenItems() && schedule.passes() == 1;
  }

  @Override
  public List<TileProgram> between() {
    return schedule.passes() > 1
        ? List.of()
        : schedule.between().stream()
            .map(op -> CollectivePrograms.of(op, shares.mapping, cores, homes))
            .toList();
  }

  @Override
  public boolean turns() {
    return schedule.turns();
  }

  @Override
  public long laneKind(final int stream) {
    return schedule.passes() == 1 && (schedule.equalItems() || schedule.evenItems())
        ? schedule.laneKind(shares.lane(stream))
        : UNKNOWN;
  }

  @Override
  public int passes() {
    return schedule.passes();
  }

  @Override
  public int blocks(final int stream, final int item) {
    return schedule.blocks(shares.device(stream), item);
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    return 1;
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    schedule.emit(shares.device(stream), shares.lane(stream), item, block, out);
  }

  @Override
  public List<Buffer> buffers() {
    return schedule.parts().buffers;
  }

  @Override
  public List<TensorRef> tensors() {
    return schedule.parts().tensors;
  }

  @Override
  public Placement placement() {
    return placement;
  }

  @Override
  public Operator operator() {
    return shares.op;
  }
}
