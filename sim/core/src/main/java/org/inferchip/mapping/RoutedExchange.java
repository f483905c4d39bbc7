package org.inferchip.mapping;

import java.util.List;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Traffic;
import org.inferchip.program.Buffer;
import org.inferchip.program.Hashing;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TileProgram;

/**
 * All-to-all of unequal parts in one hop: every device sends each other's rows at once and stores
 * what arrives, in the order in which it comes. Lanes share the columns of a row, so that whoever
 * has a row for somebody has a piece of it in every lane; many rows go in tiles. A piece of a tile
 * is an item of its own where every device that takes part has rows in all tiles. A pair of devices
 * without rows exchanges nothing.
 */
final class RoutedExchange implements CollectiveSchedule {
  /** Even items differ, some together, by less than one in so many ({@link TileProgram#even}). */
  private static final int PARTS = 100;

  private final CollectiveShares shares;
  private final CollectiveParts parts;
  private final Traffic rows;
  private final int unit;
  private final int tiles;
  private final int blocks;
  private final boolean equalItems;
  private final boolean evenItems;

  RoutedExchange(final CollectiveShares shares, final Homes homes) {
    this.shares = shares;
    rows = shares.op.traffic().orElseThrow();
    unit = CollectiveShares.unit(rows.width());
    tiles = Math.min(MatMulGrid.ceil(shares.mapping.chunks(), shares.chunks), rows.most());
    blocks = rows.leastBusy() < tiles ? tiles * shares.chunks : 1;
    equalItems =
        rows.inEqualParts(tiles) && rows.width() / unit % (shares.lanes * shares.chunks) == 0;
    // A tile has a row more or less of each pair, a piece of one a unit of columns more or less.
    evenItems = (double) TileProgram.EVEN_ITEMS * rows.busiest() / items() > PARTS * shares.devices;
    final int cols = unit * MatMulGrid.ceil(rows.width() / unit, shares.lanes * shares.chunks);
    parts = new CollectiveParts(shares, MatMulGrid.ceil(rows.most(), tiles), cols, homes);
  }

  @Override
  public CollectiveParts parts() {
    return parts;
  }

  @Override
  public int items() {
    return tiles * shares.chunks / blocks;
  }

  @Override
  public boolean equalItems() {
    return equalItems;
  }

  @Override
  public boolean evenItems() {
    return evenItems;
  }

  @Override
  public long itemKey(final int device, final int lane, final int item) {
    if (blocks > 1) {
      return TileProgram.UNKNOWN;
    }
    long key = Hashing.mix(Hashing.of(device), shares.devices == 1 ? 0 : hop(1, lane));
    final Piece piece = piece(lane, item, null);
    key = Hashing.mix(key, col(piece.number() + 1) - col(piece.number()));
    for (int other = 0; other < shares.devices; other++) {
      key = Hashing.mix(key, count(piece, device, other));
      key = Hashing.mix(key, count(piece, other, device));
    }
    return key;
  }

  @Override
  public List<Collective> between() {
    return List.of(); // of unequal parts, each pair's pieces have a size of their own
  }

  @Override
  public boolean turns() {
    return rows.equalParts();
  }

  @Override
  public long laneKind(final int lane) {
    return shares.devices == 1 ? 0 : hop(1, lane);
  }

  @Override
  public int blocks(final int device) {
    return rows.held(device) + rows.got(device) == 0 ? 0 : blocks;
  }

  @Override
  public void emit(
      final int device, final int lane, final int item, final int block, final TaskSink out) {
    final Piece piece = piece(lane, item * blocks + block, out);
    Task last = null;
    for (int step = 1; step <= shares.devices; step++) {
      last = send(piece, device, shares.round(device + hop(step, lane)), last);
    }
    for (int step = 1; step < shares.devices; step++) {
      last = receive(piece, device, shares.round(device - hop(step, lane)), last);
    }
    if (block == blocks - 1) {
      last.endsItem();
    }
  }

  /**
   * Which columns and rows.
   *
   * @param lane that does it
   * @param number of the piece among those of a row
   * @param tile of the rows
   */
  private record Piece(int lane, int number, int tile, TaskSink out) {}

  private Piece piece(final int lane, final int number, final TaskSink out) {
    final int column = number % shares.chunks * shares.lanes + lane;
    return new Piece(lane, column, number / shares.chunks, out);
  }

  /** How far on a lane sends in a step: each lane begins elsewhere; a device's own come last. */
  private int hop(final int step, final int lane) {
    return step == shares.devices ? 0 : 1 + (step - 1 + lane) % (shares.devices - 1);
  }

  private Task send(final Piece piece, final int from, final int to, final Task before) {
    final int count = count(piece, from, to);
    if (count == 0) {
      return before;
    }
    final int col = col(piece.number());
    final int cols = col(piece.number() + 1) - col;
    final int skipped = first(piece.tile(), rows.rows(from, to));
    final Task load =
        piece.out().load(parts.input, rows.start(from, to) + skipped, col, count, cols, parts.own);
    if (from == to) {
      return piece
          .out()
          .store(parts.own, parts.output, rows.arrival(to, from) + skipped, col, count, cols);
    }
    shares.paced(load, shares.devices - 1);
    final int stream = shares.stream(to, piece.lane());
    return shares.wire(piece.out().send(parts.own, count, cols, stream, arrival(from, to)));
  }

  private Task receive(final Piece piece, final int to, final int from, final Task before) {
    final int count = count(piece, from, to);
    if (count == 0) {
      return before;
    }
    final int col = col(piece.number());
    final int row = rows.arrival(to, from) + first(piece.tile(), rows.rows(from, to));
    return piece
        .out()
        .store(arrival(from, to), parts.output, row, col, count, col(piece.number() + 1) - col);
  }

  /** Where rows arrive: of each sender apart, counted from the receiver. */
  private Buffer arrival(final int from, final int to) {
    return parts.arrivals.get(shares.round(from - to) - 1);
  }

  private int col(final int piece) {
    final long units = rows.width() / unit;
    return unit * (int) (units * piece / ((long) shares.lanes * shares.chunks));
  }

  private int first(final int tile, final int all) {
    return (int) ((long) all * tile / tiles);
  }

  private int count(final Piece piece, final int from, final int to) {
    final int all = rows.rows(from, to);
    return first(piece.tile() + 1, all) - first(piece.tile(), all);
  }
}
