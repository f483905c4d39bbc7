package org.inferchip.arithmetic;

import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TaskList;
import org.inferchip.program.TileProgram;

/** How far one stream has come, with its slots. */
final class StreamCursor {
  final int stream;
  final SlotQueue[] slots;

  /** Items finished. */
  int finished;

  private final TileProgram program;
  private final TaskList tasks = new TaskList();
  private final int endItem;
  private int item;
  private int block;
  private int trip;
  private int position;
  private boolean done;

  /** All items. */
  StreamCursor(final TileProgram program, final int stream) {
    this(program, stream, 0, program.items(stream));
  }

  /** Items from one (inclusive) to another (exclusive). */
  StreamCursor(
      final TileProgram program, final int stream, final int firstItem, final int endItem) {
    this.program = program;
    this.stream = stream;
    this.endItem = endItem;
    slots = new SlotQueue[program.buffers().size()];
    for (final Buffer buffer : program.buffers()) {
      slots[buffer.id()] = new SlotQueue(buffer, program.operator());
    }
    item = firstItem;
    finished = firstItem;
    done = firstItem >= endItem;
    if (!done) {
      tasks.fill(program, stream, item, 0, 0);
      skipEmpty();
    }
  }

  boolean done() {
    return done;
  }

  /** The next task. */
  Task task() {
    return tasks.get(position);
  }

  /** Notes that the task ran, and goes to the next. */
  void step() {
    position++;
    skipEmpty();
  }

  private void skipEmpty() {
    while (!done && position >= tasks.size()) {
      position = 0;
      if (++trip >= program.trips(stream, item, block)) {
        trip = 0;
        if (++block >= program.blocks(stream, item)) {
          block = 0;
          // The stores of an item are done with its last task, whatever it is marked as.
          finished++;
          done = ++item >= endItem;
        }
      }
      if (!done) {
        tasks.fill(program, stream, item, block, trip);
      }
    }
  }

  /** The item of the next task. */
  int item() {
    return item;
  }

  /** Where the stream stands, for messages. */
  String place() {
    return "stream " + stream + " item " + item + " block " + block + " trip " + trip;
  }
}
