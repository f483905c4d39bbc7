package org.inferchip.audit;

import java.util.ArrayDeque;
import java.util.BitSet;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.program.Task;
import org.inferchip.program.TileProgram;

/**
 * Runs the tasks of all streams one at a time, each stream in program order, as far as waits and
 * slots let it: the order rule of {@link TileProgram}. What a task may read does not follow from
 * this one interleaving but from its {@link Clock}.
 *
 * <p>Where every stream is stuck, the program is wrong; the first stuck task is reported and
 * forced, so that the walk sees the rest.
 */
final class Walk {
  private final StreamState[] streams;
  private final Findings findings;
  private final Effects effects;
  private final ArrayDeque<StreamState> runnable = new ArrayDeque<>();
  private final BitSet stuck = new BitSet();

  Walk(final TileProgram program, final Volumes volumes, final Findings findings) {
    this.findings = findings;
    streams = new StreamState[program.streams()];
    for (int s = 0; s < streams.length; s++) {
      streams[s] = new StreamState(program, s);
      runnable.add(streams[s]);
    }
    effects = new Effects(program, streams, volumes, findings);
  }

  /** Walks all tasks; false if it gave up. */
  boolean run() {
    while (!findings.tooMany()) {
      final StreamState state = runnable.pollFirst();
      if (state != null) {
        advance(state);
      } else if (stuck.isEmpty()) {
        effects.finish();
        return true;
      } else {
        force(streams[stuck.nextSetBit(0)]);
      }
    }
    return false;
  }

  private void advance(final StreamState state) {
    while (!state.done()) {
      if (obstacle(state, state.task()) != null) {
        stuck.set(state.stream);
        return;
      }
      execute(state);
      if (findings.tooMany()) {
        return;
      }
    }
  }

  private void force(final StreamState state) {
    final Kind kind = obstacle(state, state.task());
    findings.at(state);
    findings.add(kind, words(kind, state.task()));
    execute(state);
    stuck.clear(state.stream);
    runnable.add(state);
  }

  private void execute(final StreamState state) {
    final Task task = state.task();
    final boolean remote = task.kind == Task.Kind.SEND;
    final boolean last = state.lastOfItem();
    findings.at(state);
    final Clock clock = effects.apply(state, task);
    final boolean finished = state.endTask(task, clock, last, findings);
    state.step();
    if (!stuck.isEmpty() && (finished || remote || effects.receives(state.stream))) {
      for (int s = stuck.nextSetBit(0); s >= 0; s = stuck.nextSetBit(s + 1)) {
        runnable.add(streams[s]);
      }
      stuck.clear();
    }
  }

  /** Why a task cannot run now; null if it can. */
  private Kind obstacle(final StreamState state, final Task task) {
    if (task.afterStream != Task.NONE && !met(task)) {
      return Kind.WAIT_NEVER_MET;
    }
    if (empty(state, task.a) || empty(state, task.b) || empty(state, task.c)) {
      return Kind.SLOT_NOT_FILLED;
    }
    if (Effects.opensTo(task)) {
      final int owner = task.kind == Task.Kind.SEND ? task.toStream : state.stream;
      if (valid(owner) && full(streams[owner], task.to)) {
        return Kind.SLOT_OVER_DEPTH;
      }
    }
    return task.accumulator != Task.NONE && task.step.opens() && full(state, task.accumulator)
        ? Kind.SLOT_OVER_DEPTH
        : null;
  }

  private boolean valid(final int stream) {
    return stream >= 0 && stream < streams.length;
  }

  private boolean met(final Task task) {
    return valid(task.afterStream) && streams[task.afterStream].finished >= task.afterItems;
  }

  private static boolean empty(final StreamState state, final int buffer) {
    if (buffer == Task.NONE) {
      return false;
    }
    final Slot slot = state.slots[buffer].oldest();
    return slot == null || !slot.filled;
  }

  private static boolean full(final StreamState state, final int buffer) {
    return !state.slots[buffer].hasRoom();
  }

  private static String words(final Kind kind, final Task task) {
    return switch (kind) {
      case WAIT_NEVER_MET ->
          "waits until stream " + task.afterStream + " has finished " + task.afterItems + " items";
      case SLOT_NOT_FILLED -> task.kind + " reads a slot that no task fills";
      default -> task.kind + " opens a slot of a buffer with no free one";
    };
  }
}
