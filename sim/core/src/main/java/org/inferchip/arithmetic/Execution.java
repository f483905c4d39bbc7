package org.inferchip.arithmetic;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.program.Task;
import org.inferchip.program.TileProgram;

/**
 * Executes tile programs on values: same tiles, same order, same partial sums.
 *
 * <p>A whole program runs its streams interleaved, each in program order and as far as waits and
 * slots let it (the order rule of {@link TileProgram}). For a program whose waits are right the
 * bits do not depend on the interleaving; {@link Order} exists to show that, and to bring out waits
 * that are missing. One execution belongs to one thread.
 */
public final class Execution {

  /** Which streams go first when several can. */
  public enum Order {
    /** Lowest numbers first. */
    ASCENDING,
    /** Highest numbers first. */
    DESCENDING,
    /** One task of each in turn. */
    ROUND_ROBIN
  }

  private final TileProgram program;
  private final TaskExecutor executor;
  private final List<OutputRegion> stored = new ArrayList<>();
  private StreamCursor[] cursors;

  /**
   * Prepares an execution; workspaces start as NaN.
   *
   * @param store the operator's tensors
   * @param rule how the matrix unit computes
   */
  public Execution(final TileProgram program, final TensorStore store, final MatrixRule rule) {
    this.program = program;
    executor = new TaskExecutor(program, store, rule, stored::add);
  }

  /** Regions of results stored so far. */
  public List<OutputRegion> stored() {
    return List.copyOf(stored);
  }

  /**
   * Executes every task.
   *
   * @throws ScheduleFault if the program is stuck or reads what is not there
   */
  public void whole(final Order order) {
    cursors = new StreamCursor[program.streams()];
    for (int s = 0; s < cursors.length; s++) {
      cursors[s] = new StreamCursor(program, s);
    }
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int i = 0; i < cursors.length; i++) {
        final int stream = order == Order.DESCENDING ? cursors.length - 1 - i : i;
        moved |= advance(cursors[stream], order == Order.ROUND_ROBIN ? 1 : Integer.MAX_VALUE);
      }
    }
    for (final StreamCursor cursor : cursors) {
      if (!cursor.done()) {
        throw new ScheduleFault("stuck at " + cursor.place() + ": " + cursor.task().kind);
      }
    }
  }

  private boolean advance(final StreamCursor cursor, final int most) {
    int count = 0;
    while (count < most && !cursor.done() && canRun(cursor, cursor.task())) {
      run(cursor, cursor.task());
      cursor.step();
      count++;
    }
    return count > 0;
  }

  private void run(final StreamCursor cursor, final Task task) {
    try {
      executor.execute(cursor, task, task.kind == Task.Kind.SEND ? cursors[task.toStream] : cursor);
    } catch (final ScheduleFault e) {
      throw new ScheduleFault(cursor.place() + ", " + task.kind + ": " + e.getMessage());
    }
  }

  private boolean canRun(final StreamCursor cursor, final Task task) {
    if (task.afterStream != Task.NONE && cursors[task.afterStream].finished < task.afterItems) {
      return false;
    }
    if (lacks(cursor, task.a) || lacks(cursor, task.b) || lacks(cursor, task.c)) {
      return false;
    }
    final boolean running =
        task.kind == Task.Kind.VECTOR && VectorArithmetic.isRunning(task.vectorOp);
    if (task.to != Task.NONE && (!running || task.step.opens())) {
      final StreamCursor owner = task.kind == Task.Kind.SEND ? cursors[task.toStream] : cursor;
      if (!owner.slots[task.to].hasRoom()) {
        return false;
      }
    }
    return task.accumulator == Task.NONE
        || !task.step.opens()
        || cursor.slots[task.accumulator].hasRoom();
  }

  private static boolean lacks(final StreamCursor cursor, final int buffer) {
    return buffer != Task.NONE && !cursor.slots[buffer].isReadable();
  }
}
