package org.inferchip.program;

import java.util.List;
import org.inferchip.numerics.Exponential;
import org.inferchip.operator.Operator;

/**
 * One operator as the exact tasks that each stream issues: the loads, matrix tiles, vector tiles,
 * stores and sends, with the buffers they use and what they wait for. Engine, energy, arithmetic
 * and audit all read this one description.
 *
 * <p>A program is immutable and thread-safe, takes memory independent of its size, and is
 * enumerated by random access: stream, item of the stream, block of the item, trip of the block.
 *
 * <ul>
 *   <li>A <b>stream</b> is an ordered issue sequence; {@link Placement} says which device, core and
 *       array runs it.
 *   <li>An <b>item</b> is one output tile, one split of it or one reduction: the unit of work, of
 *       completion and of sampling.
 *   <li>A <b>block</b> is a counted loop. Law: all trips of a block have the same task shapes
 *       ({@link Task#shape()}), so edge trips (short k, first and last of an accumulation, the
 *       causal diagonal) are blocks of their own.
 *   <li>A <b>trip</b> is a few tasks in program order.
 * </ul>
 *
 * <p><b>Order rule.</b> A program is sequentially legal: some interleaving that runs the tasks of
 * each stream one at a time, in program order, finishes. Units with first-in-first-out queues then
 * cannot deadlock, whatever the depth of the queues.
 *
 * <p><b>Buffers are queues.</b> See {@link Buffer}. <b>Waits across streams</b> are counts of items
 * finished ({@link Task#after}), never flags of tiles.
 */
public interface TileProgram {
  /** No key. */
  long UNKNOWN = -1;

  /** Items that are even together: see {@link #even}. */
  int EVEN_ITEMS = 12;

  /** Number of streams, numbered from 0. */
  int streams();

  /** Number of items of a stream; may be 0. */
  int items(int stream);

  /** Number of blocks of an item, at least 1. */
  int blocks(int stream, int item);

  /** Trips of a block, at least 1. */
  int trips(int stream, int item, int block);

  /**
   * A key of an item: items of a program with equal keys have blocks, trips and shapes of tasks
   * that are equal ({@link Task#shape}). {@link #UNKNOWN} says nothing.
   */
  default long itemKey(final int stream, final int item) {
    return UNKNOWN;
  }

  /**
   * Whether all items of all streams are alike but for sizes that differ by less than a hundredth,
   * those of any {@value #EVEN_ITEMS} together, and wait for none: the later ones then go on at the
   * pace of the first.
   */
  default boolean even() {
    return false;
  }

  /**
   * Two programs with as many items, which are all alike, of sizes between which this one's lie:
   * round ones, so that programs of many sizes lie between the same. Empty where there are none.
   */
  default List<TileProgram> between() {
    return List.of();
  }

  /** Emits the tasks of one trip, in program order. */
  void emit(int stream, int item, int block, int trip, TaskSink out);

  /**
   * How many items of a stream from one on, itself included, are alike: they have the same blocks
   * and trips, tasks of the same shapes that send to the same streams and wait for none. Readers
   * may count such items, or skip what they repeat. 1 where a program does not know.
   */
  default int alike(final int stream, final int item) {
    return 1;
  }

  /**
   * Times that each stream of a collective goes through its pieces: items of one number within
   * their pass, of all streams and passes, exchange data among themselves only.
   */
  default int passes() {
    return 1;
  }

  /**
   * Whether the program is the same seen from every device: numbered from any device on, the k-th
   * streams of all devices do alike tasks, and send to streams that lie as many devices on, into
   * the same buffers.
   */
  default boolean turns() {
    return false;
  }

  /**
   * Which streams of a device may stand for each other: those of one kind do alike tasks, item by
   * item, sums apart, and send to streams of the same number on other devices, which are of that
   * kind too. {@link #UNKNOWN}: none.
   */
  default long laneKind(final int stream) {
    return UNKNOWN;
  }

  /** Share of the external memory's sustained rate that its loads reach; 1 where they are long. */
  default double memoryShare() {
    return 1;
  }

  /** Whether its loads and its multiplications do not slow each other, whatever the unit says. */
  default boolean apart() {
    return false;
  }

  /** Every buffer, by id. Each stream has its own instance of each. */
  List<Buffer> buffers();

  /** Every tensor, by id. */
  List<TensorRef> tensors();

  /**
   * Whether every element of a tensor in memory is read by one core only, so that it can live in
   * the memory nearest to that core.
   */
  default boolean readOnce(final TensorRef tensor) {
    return false;
  }

  /** Where each stream runs. */
  Placement placement();

  /** Kernels that software launches for it, one after the other. */
  default int kernels() {
    return 1;
  }

  /** Time that its software takes to start beyond the launch floor, such as barriers and flags. */
  default long startPicos() {
    return 0;
  }

  /** How softmax steps of the program compute exponentials. */
  default Exponential exponential() {
    return Exponential.FULL;
  }

  /** What must come out. */
  Operator operator();
}
