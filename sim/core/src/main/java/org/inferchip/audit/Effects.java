package org.inferchip.audit;

import java.util.BitSet;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.program.Task;
import org.inferchip.program.TileProgram;

/** What a task does to slots and tensors. */
final class Effects {
  private final TileProgram program;
  private final StreamState[] streams;
  private final Findings findings;
  private final Volumes volumes;
  private final TensorRegions tensors;
  private final MultiplyRule multiply;
  private final VectorRule vector;
  private final BitSet receivers = new BitSet();

  Effects(
      final TileProgram program,
      final StreamState[] streams,
      final Volumes volumes,
      final Findings findings) {
    this.program = program;
    this.streams = streams;
    this.findings = findings;
    this.volumes = volumes;
    tensors = new TensorRegions(program, findings);
    multiply = new MultiplyRule(program.operator(), findings);
    vector = new VectorRule(program.operator(), findings);
  }

  /** Whether a task opens a slot of {@link Task#to}, rather than adding to an open one. */
  static boolean opensTo(final Task task) {
    return task.to != Task.NONE && (!runs(task) || task.step.opens());
  }

  /** Whether {@link Task#to} is an accumulation over steps. */
  private static boolean runs(final Task task) {
    if (task.kind != Task.Kind.VECTOR) {
      return false;
    }
    return switch (task.vectorOp) {
      case ACCUMULATE, MERGE, ARGMAX, WEIGHTED_ADD -> true;
      default -> false;
    };
  }

  /** Whether other streams send to a stream. */
  boolean receives(final int stream) {
    return receivers.get(stream);
  }

  /** Does what a task does; gives what those who wait for the task may rely on. */
  Clock apply(final StreamState state, final Task task) {
    Clock clock = state.unit(task.kind);
    if (task.afterStream >= 0 && task.afterStream < streams.length) {
      clock = clock.join(streams[task.afterStream].after(task.afterItems));
    }
    final Slot a = read(state, task.a);
    final Slot b = read(state, task.b);
    final Slot c = read(state, task.c);
    clock = know(know(know(clock, a), b), c);
    state.learn(task.kind, clock);
    volumes.count(state.stream, task);
    switch (task.kind) {
      case LOAD -> fill(state, task, clock, tensors.load(state, task, clock));
      case STORE -> store(state, task, a);
      case SEND -> fill(state, task, clock, shaped(a, task.m, task.n));
      case MULTIPLY -> multiply(state, task, clock, a, b);
      default -> vector(state, task, clock, a, b, c);
    }
    release(state, task);
    return clock;
  }

  private static Clock know(final Clock clock, final Slot slot) {
    return slot == null ? clock : clock.join(slot.clock);
  }

  private static Slot read(final StreamState state, final int buffer) {
    return buffer == Task.NONE ? null : state.slots[buffer].oldest();
  }

  private static Content content(final Slot slot) {
    return slot == null || !slot.filled || slot.content == null
        ? new Content.Unknown(1, 1)
        : slot.content;
  }

  private Content shaped(final Slot slot, final int rows, final int cols) {
    return Shapes.whole(content(slot), rows, cols, findings);
  }

  private void store(final StreamState state, final Task task, final Slot a) {
    tensors.store(state, task, shaped(a, task.m, task.n));
  }

  private void multiply(
      final StreamState state, final Task task, final Clock clock, final Slot a, final Slot b) {
    final Slot sum = accumulate(state, task.accumulator, task, clock);
    final Content before = task.step.opens() ? null : sum.content;
    sum.content = multiply.result(task, content(a), content(b), before);
    checkSize(state.slots[task.accumulator], sum.content);
  }

  private void vector(
      final StreamState state,
      final Task task,
      final Clock clock,
      final Slot a,
      final Slot b,
      final Slot c) {
    final Slot statistics =
        task.accumulator == Task.NONE ? null : accumulate(state, task.accumulator, task, clock);
    final Content statisticsBefore =
        statistics == null || task.step.opens() ? null : statistics.content;
    final Slot to;
    final Content toBefore;
    if (runs(task)) {
      to = accumulate(state, task.to, task, clock);
      toBefore = task.step.opens() ? null : to.content;
    } else {
      to = open(state, task.to, state.stream, clock);
      to.filled = true;
      toBefore = null;
    }
    vector.apply(
        task,
        content(a),
        task.b == Task.NONE ? null : content(b),
        task.c == Task.NONE ? null : content(c),
        toBefore,
        statisticsBefore);
    to.content = vector.result();
    checkSize(state.slots[task.to], to.content);
    if (statistics != null) {
      statistics.content = vector.statistics();
      checkSize(state.slots[task.accumulator], statistics.content);
    }
  }

  /** The slot under accumulation; opened or, on the last step, filled. */
  private Slot accumulate(
      final StreamState state, final int buffer, final Task task, final Clock clock) {
    final SlotQueue queue = state.slots[buffer];
    Slot slot = queue.accumulating();
    if (task.step.opens()) {
      if (slot != null) {
        findings.add(
            Kind.ACCUMULATION,
            queue.buffer.name() + ": starts a sum before the last one is filled");
      }
      slot = open(state, buffer, state.stream, clock);
    } else if (slot == null) {
      findings.add(Kind.ACCUMULATION, queue.buffer.name() + ": adds to a sum that was not started");
      slot = open(state, buffer, state.stream, clock);
      slot.content = new Content.Unknown(task.m, task.n);
    }
    slot.clock = slot.clock.join(clock);
    slot.filled = task.step.fills();
    return slot;
  }

  private Slot open(
      final StreamState state, final int buffer, final int writer, final Clock clock) {
    final SlotQueue queue = state.slots[buffer];
    if (!queue.filledBy(writer)) {
      findings.add(Kind.SEVERAL_WRITERS, queue.buffer.name() + " of stream " + state.stream);
    }
    final Slot slot = queue.open();
    slot.clock = clock;
    return slot;
  }

  /** LOAD, SEND: opens and fills. */
  private void fill(
      final StreamState state, final Task task, final Clock clock, final Content content) {
    StreamState owner = state;
    if (task.kind == Task.Kind.SEND) {
      if (task.toStream < 0 || task.toStream >= streams.length) {
        findings.add(Kind.BAD_REGION, "sends to stream " + task.toStream);
        return;
      }
      owner = streams[task.toStream];
      receivers.set(task.toStream);
    }
    final Slot slot = open(owner, task.to, state.stream, clock);
    slot.content = content;
    slot.filled = true;
    checkSize(owner.slots[task.to], content);
  }

  private void checkSize(final SlotQueue queue, final Content content) {
    final long room = (long) queue.buffer.rows() * queue.buffer.cols();
    if (content.size() > room) {
      findings.add(
          Kind.SLOT_SIZE,
          content.rows()
              + " x "
              + content.cols()
              + " into a slot of "
              + queue.buffer.name()
              + " for "
              + room
              + " elements");
    }
  }

  private void release(final StreamState state, final Task task) {
    final boolean b = task.releasesB();
    final boolean c = task.releasesC();
    if (task.releasesA()) {
      state.slots[task.a].release();
      if (b && task.a == task.b || c && task.a == task.c) {
        findings.add(Kind.RELEASED_TWICE, state.slots[task.a].buffer.name());
      }
    }
    if (b) {
      state.slots[task.b].release();
      if (c && task.b == task.c) {
        findings.add(Kind.RELEASED_TWICE, state.slots[task.b].buffer.name());
      }
    }
    if (c) {
      state.slots[task.c].release();
    }
  }

  /** After the last task: slots left behind, results not complete. */
  void finish() {
    findings.at(null);
    for (final StreamState state : streams) {
      for (final SlotQueue queue : state.slots) {
        if (queue.size() > 0) {
          findings.add(
              Kind.SLOT_LEFT,
              queue.size() + " of " + queue.buffer.name() + " of stream " + state.stream);
        }
      }
    }
    tensors.finish();
  }
}
