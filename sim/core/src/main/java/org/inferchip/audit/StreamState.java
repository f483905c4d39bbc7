package org.inferchip.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TaskList;
import org.inferchip.program.TileProgram;

/** How far one stream has come: its place in the program, its slots, its knowledge. */
final class StreamState {
  final int stream;
  final SlotQueue[] slots;
  final TaskList tasks = new TaskList();
  int item;
  int block;
  int trip;
  int position = -1;

  /** Items finished. */
  int finished;

  private boolean ended;
  private boolean stores;
  private final TileProgram program;
  private final Clock[] units = new Clock[Task.Kind.values().length];
  private final List<Clock> ends = new ArrayList<>();
  private boolean done;

  StreamState(final TileProgram program, final int stream) {
    this.program = program;
    this.stream = stream;
    final List<Buffer> buffers = program.buffers();
    slots = new SlotQueue[buffers.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new SlotQueue(buffers.get(i));
    }
    Arrays.fill(units, Clock.EMPTY);
    done = program.items(stream) == 0;
    if (!done) {
      tasks.fill(program, stream, 0, 0, 0);
      step();
    }
  }

  /** Whether all tasks were walked. */
  boolean done() {
    return done;
  }

  /** The task to walk next. */
  Task task() {
    return tasks.get(position);
  }

  /** Whether the task is the last of its item. */
  boolean lastOfItem() {
    return position == tasks.size() - 1
        && trip == program.trips(stream, item, block) - 1
        && block == program.blocks(stream, item) - 1;
  }

  /** Goes to the next task; true if that one is in another item (or there is none). */
  boolean step() {
    position++;
    boolean crossed = false;
    while (position >= tasks.size()) {
      position = 0;
      if (++trip >= program.trips(stream, item, block)) {
        trip = 0;
        if (++block >= program.blocks(stream, item)) {
          block = 0;
          crossed = true;
          if (++item >= program.items(stream)) {
            done = true;
            return true;
          }
        }
      }
      tasks.fill(program, stream, item, block, trip);
    }
    return crossed;
  }

  /** What a unit's tasks rely on so far. */
  Clock unit(final Task.Kind kind) {
    return units[kind.ordinal()];
  }

  void learn(final Task.Kind kind, final Clock clock) {
    units[kind.ordinal()] = clock;
  }

  /**
   * Notes that a task was walked; true if its item is finished. The task that ends an item must be
   * its last; it must be a store if the item stores anything, for stores of a stream end in order,
   * and nothing else says that they have ended.
   */
  boolean endTask(final Task task, final Clock clock, final boolean last, final Findings findings) {
    stores |= task.kind == Task.Kind.STORE;
    if (task.endsItem && (ended || !last || stores && task.kind != Task.Kind.STORE)) {
      findings.add(
          Finding.Kind.ITEM_END,
          ended
              ? "ends the item again"
              : last ? "ends the item, not its stores" : "ends too early");
    }
    final boolean finishes = (task.endsItem || last) && !ended;
    if (finishes) {
      if (!task.endsItem) {
        findings.add(Finding.Kind.ITEM_END, "the item's last task does not end it");
      }
      finished++;
      final Clock before = ends.isEmpty() ? Clock.EMPTY : ends.get(ends.size() - 1);
      ends.add(before.join(clock));
    }
    ended = !last && (ended || finishes);
    stores &= !last;
    return finishes;
  }

  /** What follows for others from so many finished items. */
  Clock after(final int itemsDone) {
    if (itemsDone <= 0 || ends.isEmpty()) {
      return Clock.EMPTY;
    }
    final Clock theirs = ends.get(Math.min(itemsDone, ends.size()) - 1);
    return Clock.of(stream, itemsDone).join(theirs);
  }
}
