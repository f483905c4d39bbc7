package org.inferchip.arithmetic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.inferchip.model.KeyBlocks;
import org.inferchip.numerics.BlockFormat;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.IntQuantiser;
import org.inferchip.numerics.Rounding;
import org.inferchip.operator.Attention;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;

/** What each task does to slots and tensors. */
final class TaskExecutor {
  private final TensorAccess tensors;
  private final MatrixArithmetic matrix;
  private final AnalogArithmetic analog;
  private final VectorArithmetic vector;
  private final Rounding[] roundings;
  private final Consumer<OutputRegion> stored;

  TaskExecutor(
      final TileProgram program,
      final TensorStore store,
      final MatrixRule rule,
      final Consumer<OutputRegion> stored) {
    this.stored = stored;
    tensors = new TensorAccess(program, store);
    matrix = new MatrixArithmetic(rule.sums());
    analog = rule.analog().map(unit -> new AnalogArithmetic(unit, rule.seed())).orElse(null);
    vector = new VectorArithmetic(store, program.exponential(), blocks(program));
    final List<Rounding> byBuffer = new ArrayList<>();
    for (final Buffer buffer : program.buffers()) {
      byBuffer.add(asIs(buffer.format()) ? null : Rounding.to(buffer.format()));
    }
    roundings = byBuffer.toArray(new Rounding[0]);
  }

  private static KeyBlocks blocks(final TileProgram program) {
    return program.operator() instanceof final Attention attention
        ? attention.blocks().orElse(null)
        : null;
  }

  /** Formats whose values are made by tasks of their own, or need no rounding. */
  private static boolean asIs(final Format format) {
    return switch (format) {
      case FP32, FP64, INT32, ANALOG -> true;
      default -> IntQuantiser.holds(format) || BlockFormat.of(format).isPresent();
    };
  }

  /** Whether a load would read elements that nobody wrote. */
  boolean readsUndefined(final Task task) {
    return task.kind == Task.Kind.LOAD && tensors.isUndefined(task);
  }

  /**
   * Executes a task.
   *
   * @param target the stream that a SEND goes to; otherwise the stream itself
   */
  void execute(final StreamCursor stream, final Task task, final StreamCursor target) {
    final Slot a = read(stream, task.a);
    final Slot b = read(stream, task.b);
    final Slot c = read(stream, task.c);
    switch (task.kind) {
      case LOAD -> load(stream, task);
      case STORE -> store(task, a);
      case SEND -> send(task, a, target);
      case MULTIPLY -> multiply(stream, task, a, b);
      default -> vector(stream, task, new Slot[] {a, b, c});
    }
    if (task.releasesA()) {
      stream.slots[task.a].release();
    }
    if (task.releasesB()) {
      stream.slots[task.b].release();
    }
    if (task.releasesC()) {
      stream.slots[task.c].release();
    }
  }

  private static Slot read(final StreamCursor stream, final int buffer) {
    return buffer == Task.NONE ? null : stream.slots[buffer].oldest();
  }

  private void load(final StreamCursor stream, final Task task) {
    final SlotQueue queue = stream.slots[task.to];
    final Slot to = queue.open();
    to.require((long) task.m * task.n);
    to.row = task.row;
    to.col = task.col;
    final TensorRef tensor = tensors.load(task, to);
    if (tensor.format() != queue.buffer.format()) {
      if (BlockFormat.of(queue.buffer.format()).isPresent()) {
        throw new ScheduleFault("a load cannot round to " + queue.buffer.format().key());
      }
      round(task.to, to, task.m * task.n);
    }
    to.filled = true;
  }

  private void store(final Task task, final Slot from) {
    from.require((long) task.m * task.n);
    final TensorRef tensor = tensors.store(task, from);
    if (tensor.role() == Role.OUTPUT || tensor.role() == Role.SUM) {
      stored.accept(
          new OutputRegion(tensor.role(), task.row, task.col, task.m, task.n, task.index));
    }
  }

  private void send(final Task task, final Slot from, final StreamCursor target) {
    final int elements = Math.multiplyExact(task.m, task.n);
    from.require(elements);
    final Slot to = target.slots[task.to].open();
    to.require(elements);
    for (int i = 0; i < elements; i++) {
      to.values[i] = from.get(i);
    }
    round(task.to, to, elements);
    to.filled = true;
  }

  private void multiply(final StreamCursor stream, final Task task, final Slot a, final Slot b) {
    final SlotQueue queue = stream.slots[task.accumulator];
    final Slot sum = task.step.opens() ? queue.open() : queue.accumulating();
    if (stream.slots[task.b].buffer.format() == Format.ANALOG) {
      if (analog == null) {
        throw new ScheduleFault("analog weights on a digital unit");
      }
      analog.multiply(task, a, b, sum);
    } else {
      matrix.multiply(task, a, b, sum, queue.buffer.format() == Format.INT32);
    }
    sum.filled = task.step.fills();
  }

  private void vector(final StreamCursor stream, final Task task, final Slot[] operands) {
    final boolean running = VectorArithmetic.isRunning(task.vectorOp);
    final SlotQueue queue = stream.slots[task.to];
    final Slot to = !running || task.step.opens() ? queue.open() : queue.accumulating();
    Slot statistics = null;
    if (task.accumulator != Task.NONE) {
      final SlotQueue other = stream.slots[task.accumulator];
      statistics = task.step.opens() ? other.open() : other.accumulating();
    }
    vector.apply(task, operands, to, statistics, queue.buffer.format(), roundings[task.to]);
    to.filled = !running || task.step.fills();
    if (statistics != null) {
      statistics.filled = task.step.fills();
    }
  }

  private void round(final int buffer, final Slot slot, final int elements) {
    if (roundings[buffer] != null) {
      roundings[buffer].round(slot.values, 0, elements);
    }
  }
}
