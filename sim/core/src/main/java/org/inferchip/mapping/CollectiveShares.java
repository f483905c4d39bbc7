package org.inferchip.mapping;

import java.util.List;
import org.inferchip.operator.Collective;
import org.inferchip.program.Hashing;
import org.inferchip.program.Task;

/**
 * How the message of a collective is cut: into one part for each device, and each part into pieces,
 * of which lane l does the pieces l, l + lanes, l + 2 lanes, ... as its items.
 */
final class CollectiveShares {
  private static final int UNIT = 32;

  private static final int LONG_PIECE = 256;

  /** Round sizes of pieces in each doubling. */
  private static final int ROUND = 8;

  final Collective op;
  final CollectiveMapping mapping;
  final int devices;

  /** Parts into which the message is cut: one a device, or one where all of it goes everywhere. */
  final int parts;

  /** Streams on a device. */
  final int lanes;

  /** Items of a stream. */
  final int chunks;

  /**
   * Cuts a message.
   *
   * @param parts parts of the message
   * @throws IllegalArgumentException if there are fewer elements than parts
   */
  CollectiveShares(final Collective op, final CollectiveMapping mapping, final int parts) {
    this(op, mapping, parts, op.elements() / parts);
  }

  private CollectiveShares(
      final Collective op, final CollectiveMapping mapping, final int parts, final long least) {
    this.op = op;
    this.mapping = mapping;
    this.parts = parts;
    devices = op.devices();
    if (least < 1) {
      throw new IllegalArgumentException(
          op.elements() + " elements cannot be cut into " + parts + " parts");
    }
    lanes = (int) Math.min(mapping.lanes(), least);
    chunks = (int) Math.min(mapping.chunks(), least / lanes);
  }

  /** Of parts that are rows, whose columns are shared by the pieces. */
  static CollectiveShares routed(final Collective op, final CollectiveMapping mapping) {
    final int width = op.traffic().orElseThrow().width();
    return new CollectiveShares(op, mapping, 1, width / unit(width));
  }

  /**
   * Columns that stay together: elements of a block of the formats that have one scale for some.
   */
  static int unit(final int width) {
    return width % UNIT == 0 ? UNIT : 1;
  }

  /** First element of a part in the message. */
  int start(final int part) {
    return Math.toIntExact(op.elements() * part / parts);
  }

  /** Elements of a part. */
  int length(final int part) {
    return start(part + 1) - start(part);
  }

  /** Elements of the longest part. */
  int longestPart() {
    return Math.toIntExact((op.elements() - 1) / parts + 1);
  }

  /** Elements of the longest piece. */
  int longestPiece() {
    return MatMulGrid.ceil(longestPart(), lanes * chunks);
  }

  /** Whether all parts have the same size, and so their pieces of one number. */
  boolean equalParts() {
    return op.elements() % parts == 0;
  }

  /**
   * Whether all pieces of all parts have the same size; false of a whole message, whose pieces keep
   * no steady pace: all its sums are made on every device.
   */
  boolean equalPieces() {
    return parts > 1 && op.elements() % ((long) parts * lanes * chunks) == 0;
  }

  /** Whether their sizes, which differ by two elements at most, differ by less than a hundredth. */
  boolean evenPieces() {
    return parts > 1 && longestPiece() > LONG_PIECE;
  }

  /**
   * Messages whose pieces have the round sizes on both sides of this one's; none for those that are
   * short or equal.
   */
  List<Collective> between() {
    final int least = (int) (op.elements() / parts / ((long) lanes * chunks));
    if (!evenPieces() || equalPieces() || least <= LONG_PIECE) {
      return List.of();
    }
    final int step = Integer.highestOneBit(least) / ROUND;
    return List.of(ofPieces(least / step * step), ofPieces((least / step + 1) * step));
  }

  private Collective ofPieces(final int size) {
    final long elements = (long) size * lanes * chunks * parts;
    return new Collective(op.name(), op.kind(), elements, op.format(), op.devices());
  }

  /** First element of a piece in its part. */
  int offset(final int part, final int lane, final int item) {
    final long piece = (long) item * lanes + lane;
    return (int) (length(part) * piece / ((long) lanes * chunks));
  }

  /** Elements of a piece. */
  int size(final int part, final int lane, final int item) {
    final long piece = (long) item * lanes + lane;
    return (int) (length(part) * (piece + 1) / ((long) lanes * chunks)) - offset(part, lane, item);
  }

  /** A key of what a device does with pieces of the sizes that an item has. */
  long key(final int device, final int lane, final int item) {
    long key = Hashing.of(device);
    for (int part = 0; part < parts; part++) {
      key = Hashing.mix(key, size(part, lane, item));
    }
    return key;
  }

  /** Puts a send's bytes with the kernel's overhead on the links. */
  Task wire(final Task send) {
    final long wire = mapping.wireBytes(send.bytes, 1, 1);
    return send.wire(wire, wire);
  }

  /**
   * Loads a device's own data for others at the pace of the code that puts it on the way.
   *
   * @param ways destinations (or directions, where all of them get the same) served at once
   */
  void paced(final Task load, final int ways) {
    load.setup = mapping.pacePicos(load.bytes, lanes, ways);
  }

  /**
   * A send to a switch that adds those of all devices: each device's own goes there too, and one
   * sum comes out.
   */
  Task added(final Task send) {
    return send.wire(
        mapping.wireBytes(send.bytes, devices, devices - 1),
        mapping.wireBytes(send.bytes, 1, devices - 1));
  }

  /** A send to a switch that copies it to all devices, the sender too. */
  Task copied(final Task send) {
    return send.wire(
        mapping.wireBytes(send.bytes, 1, devices - 1),
        mapping.wireBytes(send.bytes, devices, devices - 1));
  }

  int device(final int stream) {
    return stream / lanes;
  }

  int lane(final int stream) {
    return stream % lanes;
  }

  /** The stream of a lane on a device; devices are counted round. */
  int stream(final int device, final int lane) {
    return Math.floorMod(device, devices) * lanes + lane;
  }

  /** A part or device counted round. */
  int round(final int number) {
    return Math.floorMod(number, devices);
  }
}
