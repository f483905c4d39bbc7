package org.inferchip.engine;

import java.util.Arrays;
import org.inferchip.program.Task;
import org.inferchip.program.TaskList;
import org.inferchip.program.TileProgram;

/**
 * Where a stream stands in its issue sequence, with the shapes of the present trip. As all trips of
 * a block have the same shapes, a block is emitted once, unless its tasks name other streams; those
 * of items with one key once for all ({@link Shapes#block}).
 */
final class Cursor {
  private final TileProgram program;
  private final Shapes shapes;
  private final TaskList scratch;
  private final int stream;
  private final int group;
  private int item;
  private int block;
  private int trip = -1;
  private int blocks;
  private int trips;
  private int alikeEnd;
  private int position;
  private int length;
  private int turn;
  private boolean named;

  /** By block of the present item, its shapes, if they are known; null of items without a key. */
  private Shape[][] known;

  private Shape[] template;
  private Shape[] own = new Shape[8];
  private int[] others = new int[24];

  Cursor(final TileProgram program, final int stream, final Shapes shapes, final TaskList scratch) {
    this.program = program;
    this.stream = stream;
    this.shapes = shapes;
    this.scratch = scratch;
    group = program.placement().coreGroup(stream);
    if (program.items(stream) > 0) {
      enter();
    }
    trips = blocks > 0 ? program.trips(stream, 0, 0) : 0;
    nextTrip();
  }

  /** Whether everything was issued. */
  boolean done() {
    return position == length;
  }

  /** The next task to issue. */
  Shape shape() {
    return template[position];
  }

  /** Stream that the next task waits for. */
  int afterStream() {
    return others[3 * position];
  }

  /** Items of it. */
  int afterItems() {
    return others[3 * position + 1];
  }

  /** Stream that the next task sends to. */
  int toStream() {
    return others[3 * position + 2];
  }

  /** Changes with each trip that begins. */
  int turn() {
    return turn;
  }

  /** Trips of the block after the present one; at the start of an item, items like it if more. */
  int left() {
    final int items = block == 0 && trip == 0 ? itemsLeft() : 0;
    return Math.max(trips - 1 - trip, items);
  }

  private int itemsLeft() {
    return alikeEnd - 1 - item;
  }

  /** Draws where it stands; trip and item are totals. */
  void draw(final Picture picture) {
    picture.equal(alikeEnd);
    picture.equal(block);
    picture.equal(position);
    picture.total(trip);
    picture.total(item);
  }

  /** How often what was issued since a picture can be issued again, in the block or items alike. */
  long repeats(final Picture since) {
    final long tripsOn = since.grown(trip);
    final long itemsOn = since.grown(item);
    if (itemsOn > 0) {
      return tripsOn == 0 ? itemsLeft() / itemsOn : 0;
    }
    if (tripsOn == 0) {
      return Long.MAX_VALUE;
    }
    return named ? 0 : (trips - 1 - trip) / tripsOn;
  }

  /** Moves on as if what was issued since a picture had been issued so often again. */
  void repeat(final long times, final Picture since) {
    trip += (int) (times * since.grown(trip));
    item += (int) (times * since.grown(item));
  }

  /** Moves on. */
  void next() {
    if (++position == length) {
      nextTrip();
    }
  }

  private void nextTrip() {
    turn++;
    do {
      trip++;
      boolean fresh = trip == 0;
      while (trip >= trips) {
        if (!nextBlock()) {
          length = 0;
          position = 0;
          return;
        }
        fresh = true;
      }
      if (fresh || named) {
        emit();
      }
      position = 0;
    } while (length == 0);
  }

  private boolean nextBlock() {
    trip = 0;
    block++;
    while (block >= blocks) {
      block = 0;
      item++;
      if (item >= program.items(stream)) {
        trips = 0;
        return false;
      }
      if (item >= alikeEnd) {
        enter();
      }
    }
    trips = program.trips(stream, item, block);
    return true;
  }

  /** Enters the first of items that are alike. */
  private void enter() {
    blocks = program.blocks(stream, item);
    alikeEnd = item + program.alike(stream, item);
    known = shapes.blocks(program.itemKey(stream, item), group, blocks);
  }

  private void emit() {
    if (known != null && known[block] != null) {
      template = known[block];
      length = template.length;
      named = false;
      roomForOthers();
      return;
    }
    scratch.fill(program, stream, item, block, trip);
    length = scratch.size();
    if (length > own.length) {
      own = new Shape[2 * length];
    }
    roomForOthers();
    template = own;
    named = false;
    for (int i = 0; i < length; i++) {
      final Task task = scratch.get(i);
      template[i] = shapes.of(task, group);
      others[3 * i] = task.afterStream;
      others[3 * i + 1] = task.afterItems;
      others[3 * i + 2] = task.toStream;
      named |= task.afterStream != Task.NONE || task.toStream != Task.NONE;
    }
    if (!named && known != null) {
      known[block] = Arrays.copyOf(own, length);
    }
  }

  private void roomForOthers() {
    if (3 * length > others.length) {
      others = new int[6 * length];
    }
  }
}
