package org.inferchip.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.program.Hashing;
import org.inferchip.program.TaskList;
import org.inferchip.program.TileProgram;

/**
 * The untimed walk over a whole program: every block once, its trips by number (all trips of a
 * block have one shape), and items that are alike by number too. It gives exact counters and the
 * upper bound of the time ({@link Tally}), and for each stream what {@link Folding} needs to know.
 *
 * <p>The hash of a stream is the sum of the hashes of its items, so streams with the same items in
 * another order are equal; the hash of an item depends on the order of its blocks. What misses
 * charge to the memory is left out of it and summed apart.
 */
final class Survey {
  private static final long KIND = Hashing.of(1);
  private static final long ITEMS = Hashing.of(2);

  private final TileProgram program;
  private final Shapes shapes;
  private final TaskList tasks = new TaskList();
  private final Map<Long, Item> walked = new HashMap<>();
  private Item latest;
  private long latestKey;

  /** Items that the stream that is walked has. */
  private final List<Item> met = new ArrayList<>();

  private final long[] streamHash;
  private final long[] streamKinds;
  private final long[] sharedBytes;
  private final long[] memoryBytes;
  private final double[] workPicos;
  private final Tally tally;
  private int[] seenBy = new int[64];

  // Of the item that is walked: its trips of each shape, and the shapes that it has.
  private long[] tripsOf = new long[64];
  private int[] inItem = new int[16];
  private boolean waits;
  private boolean sends;

  Survey(final TileProgram program, final Chip chip, final Shapes shapes) {
    this.program = program;
    this.shapes = shapes;
    tally = new Tally(program, chip, shapes);
    final int streams = program.streams();
    streamHash = new long[streams];
    streamKinds = new long[streams];
    sharedBytes = new long[streams];
    memoryBytes = new long[streams];
    workPicos = new double[streams];
    for (int stream = 0; stream < streams; stream++) {
      final int group = program.placement().coreGroup(stream);
      final int items = program.items(stream);
      long hash = items;
      for (int item = 0; item < items; ) {
        final int alike = program.alike(stream, item);
        hash += alike * items(stream, item, alike, group);
        item += alike;
      }
      count(stream);
      streamHash[stream] = hash;
      streamKinds[stream] += Hashing.mix(ITEMS, items);
    }
  }

  /** Takes down items that are alike, and gives the hash of one. */
  private long items(final int stream, final int item, final int alike, final int group) {
    final Item one = item(stream, item, group);
    if (one.times == 0) {
      met.add(one);
    }
    one.times += alike;
    return one.hash;
  }

  private Item item(final int stream, final int item, final int group) {
    final long key = program.itemKey(stream, item);
    if (key == TileProgram.UNKNOWN) {
      return walk(stream, item, group);
    }
    final long known = Hashing.mix(group, key);
    if (latest == null || known != latestKey) {
      latest = walked.computeIfAbsent(known, unknown -> walk(stream, item, group));
      latestKey = known;
    }
    return latest;
  }

  /** Counts what a stream has of all items. */
  private void count(final int stream) {
    for (final Item item : met) {
      for (int i = 0; i < item.shapes.length; i++) {
        count(stream, shapes.get(item.shapes[i]), item.times * item.trips[i]);
      }
      tally.tasks(item.times * item.tasks);
      item.times = 0;
    }
    met.clear();
  }

  /** What an item holds. */
  private static final class Item {
    /** Of its blocks. */
    private final long hash;

    private final long tasks;

    /** Shapes of its tasks, each once, and how often each occurs. */
    private final int[] shapes;

    private final long[] trips;

    /** How often the stream that is walked has it. */
    private long times;

    Item(final long hash, final long tasks, final int[] shapes, final long[] trips) {
      this.hash = hash;
      this.tasks = tasks;
      this.shapes = shapes;
      this.trips = trips;
    }
  }

  private Item walk(final int stream, final int item, final int group) {
    long hash = 1;
    long all = 0;
    int distinct = 0;
    final int blocks = program.blocks(stream, item);
    for (int block = 0; block < blocks; block++) {
      final int trips = program.trips(stream, item, block);
      tasks.fill(program, stream, item, block, 0);
      hash = Hashing.mix(hash, trips);
      for (int i = 0; i < tasks.size(); i++) {
        final Shape shape = shapes.of(tasks.get(i), group);
        hash = Hashing.mix(hash, shape.kind);
        if (shape.id >= tripsOf.length) {
          tripsOf = Arrays.copyOf(tripsOf, 2 * shape.id);
        }
        if (tripsOf[shape.id] == 0) {
          if (distinct == inItem.length) {
            inItem = Arrays.copyOf(inItem, 2 * distinct);
          }
          inItem[distinct++] = shape.id;
        }
        tripsOf[shape.id] += trips;
      }
      all += (long) trips * tasks.size();
    }
    final long[] trips = new long[distinct];
    for (int i = 0; i < distinct; i++) {
      trips[i] = tripsOf[inItem[i]];
      tripsOf[inItem[i]] = 0;
    }
    return new Item(Hashing.mix(hash, blocks), all, Arrays.copyOf(inItem, distinct), trips);
  }

  private void count(final int stream, final Shape shape, final long trips) {
    if (shape.kind >= seenBy.length) {
      seenBy = Arrays.copyOf(seenBy, 2 * shape.kind);
    }
    tally.add(stream, shape, trips);
    sharedBytes[stream] += trips * shape.sharedBytes;
    memoryBytes[stream] += trips * shape.memoryBytes;
    workPicos[stream] += (double) trips * shape.workPicos();
    if (seenBy[shape.kind] != stream + 1) {
      seenBy[shape.kind] = stream + 1;
      streamKinds[stream] += Hashing.mix(KIND, shape.kind);
    }
    waits |= shape.waits;
    sends |= shape.lane == Shape.SEND;
  }

  /** What all tasks together do. */
  Tally tally() {
    return tally;
  }

  /** Tasks of the program. */
  long tasks() {
    return tally.tasks();
  }

  /** Whether any task waits for another stream. */
  boolean waits() {
    return waits;
  }

  /** Whether any task sends. */
  boolean sends() {
    return sends;
  }

  /** What equal streams share. */
  long hash(final int stream) {
    return streamHash[stream];
  }

  /** What streams share that do as many items, of the same kinds of tasks in whatever numbers. */
  long kinds(final int stream) {
    return streamKinds[stream];
  }

  /** Time that a stream's tasks take of their units, in picoseconds. */
  double workPicos(final int stream) {
    return workPicos[stream];
  }

  /** Bytes that a stream moves through the shared memory. */
  long sharedBytes(final int stream) {
    return sharedBytes[stream];
  }

  /** Bytes that a stream charges to the external memory. */
  long memoryBytes(final int stream) {
    return memoryBytes[stream];
  }
}
