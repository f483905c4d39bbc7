package org.inferchip.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * Runs a program with every stream doing one task at a time, in program order, as far as slots and
 * waits let it; finds programs that are not sequentially legal and slots that are left behind.
 */
final class SequentialRun {
  private static final int FREE = 0;

  private final TileProgram program;
  private final TaskList list = new TaskList();
  private final int[][] open;
  private final int[][] filled;
  private final int[] done;
  private final int[][] at;

  SequentialRun(final TileProgram program) {
    this.program = program;
    final int streams = program.streams();
    open = new int[streams][program.buffers().size()];
    filled = new int[streams][program.buffers().size()];
    done = new int[streams];
    at = new int[streams][4];
  }

  void run() {
    boolean moved = true;
    boolean left = true;
    while (moved && left) {
      moved = false;
      left = false;
      for (int stream = 0; stream < program.streams(); stream++) {
        while (at[stream][0] < program.items(stream) && trip(stream)) {
          moved = true;
        }
        left |= at[stream][0] < program.items(stream);
      }
    }
    if (left) {
      fail("the program is not sequentially legal: " + stuck());
    }
    for (int stream = 0; stream < program.streams(); stream++) {
      for (final Buffer buffer : program.buffers()) {
        assertEquals(
            FREE, open[stream][buffer.id()], "slots left in " + buffer.name() + " of " + stream);
      }
    }
  }

  private String stuck() {
    final StringBuilder out = new StringBuilder();
    for (int stream = 0; stream < program.streams(); stream++) {
      if (at[stream][0] < program.items(stream)) {
        out.append("\nstream ").append(stream).append(" item, block, trip, task");
        for (final int place : at[stream]) {
          out.append(' ').append(place);
        }
      }
    }
    return out.toString();
  }

  /** Runs what is left of a trip; false if nothing could run. */
  private boolean trip(final int stream) {
    final int[] place = at[stream];
    list.fill(program, stream, place[0], place[1], place[2]);
    final int before = place[3];
    while (place[3] < list.size() && task(stream, list.get(place[3]))) {
      place[3]++;
    }
    if (place[3] < list.size()) {
      return place[3] > before;
    }
    place[3] = 0;
    if (++place[2] == program.trips(stream, place[0], place[1])) {
      place[2] = 0;
      if (++place[1] == program.blocks(stream, place[0])) {
        place[1] = 0;
        place[0]++;
      }
    }
    return true;
  }

  private boolean task(final int stream, final Task task) {
    final int receiver = task.kind == Task.Kind.SEND ? task.toStream : stream;
    final boolean running = task.kind == Task.Kind.VECTOR && accumulates(task.vectorOp);
    final boolean opensTo = task.to != Task.NONE && (!running || task.step.opens());
    if (task.afterStream != Task.NONE && done[task.afterStream] < task.afterItems) {
      return false;
    }
    if (!readable(stream, task.a) || !readable(stream, task.b) || !readable(stream, task.c)) {
      return false;
    }
    if (opensTo && !free(receiver, task.to)
        || task.accumulator != Task.NONE && task.step.opens() && !free(stream, task.accumulator)) {
      return false;
    }
    if (task.to != Task.NONE) {
      write(receiver, task.to, opensTo, !running || task.step.fills());
    }
    if (task.accumulator != Task.NONE) {
      write(stream, task.accumulator, task.step.opens(), task.step.fills());
    }
    release(stream, task);
    if (task.endsItem) {
      done[stream]++;
    }
    return true;
  }

  private static boolean accumulates(final VectorOp op) {
    return op == VectorOp.ACCUMULATE
        || op == VectorOp.MERGE
        || op == VectorOp.ARGMAX
        || op == VectorOp.WEIGHTED_ADD;
  }

  private boolean readable(final int stream, final int buffer) {
    return buffer == Task.NONE || filled[stream][buffer] > 0;
  }

  private boolean free(final int stream, final int buffer) {
    return open[stream][buffer] < program.buffers().get(buffer).depth();
  }

  private void write(final int stream, final int buffer, final boolean opens, final boolean fills) {
    if (opens) {
      open[stream][buffer]++;
    }
    assertTrue(
        open[stream][buffer] > filled[stream][buffer],
        "writes to " + program.buffers().get(buffer).name() + " without an open slot");
    if (fills) {
      filled[stream][buffer]++;
    }
  }

  private void release(final int stream, final Task task) {
    if (task.releasesA()) {
      release(stream, task.a);
    }
    if (task.releasesB()) {
      release(stream, task.b);
    }
    if (task.releasesC()) {
      release(stream, task.c);
    }
  }

  private void release(final int stream, final int buffer) {
    open[stream][buffer]--;
    filled[stream][buffer]--;
  }
}
