package org.inferchip.arithmetic;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.inferchip.program.Task;
import org.inferchip.program.TileProgram;

/**
 * Executes single items of a program, and whatever other items they need: those before in the same
 * stream if slots that these filled are read (weights that stay), and those that stored the partial
 * results that are loaded, found by the waits. Not for programs that send. Belongs to one thread.
 */
public final class ItemExecution {
  private final TileProgram program;
  private final TaskExecutor executor;
  private final BitSet[] executed;
  private final List<OutputRegion> stored = new ArrayList<>();
  private boolean noting;

  /**
   * Prepares an execution; workspaces start as NaN.
   *
   * @param store the operator's tensors
   * @param rule how the matrix unit computes
   */
  public ItemExecution(final TileProgram program, final TensorStore store, final MatrixRule rule) {
    this.program = program;
    executor = new TaskExecutor(program, store, rule, this::note);
    executed = new BitSet[program.streams()];
  }

  private void note(final OutputRegion region) {
    if (noting) {
      stored.add(region);
    }
  }

  /** Regions of results that the items asked for have stored, without those they needed. */
  public List<OutputRegion> stored() {
    return List.copyOf(stored);
  }

  /**
   * Executes an item.
   *
   * @throws ScheduleFault if it reads what is not there
   */
  public void execute(final int stream, final int item) {
    final StreamCursor alone = new StreamCursor(program, stream, item, item + 1);
    final int before = stored.size();
    try {
      run(alone, item);
    } catch (final ScheduleFault e) {
      if (item == 0) {
        throw e;
      }
      stored.subList(before, stored.size()).clear();
      run(new StreamCursor(program, stream, 0, item + 1), item);
    }
    done(stream).set(item);
  }

  private BitSet done(final int stream) {
    if (executed[stream] == null) {
      executed[stream] = new BitSet();
    }
    return executed[stream];
  }

  private void run(final StreamCursor cursor, final int wanted) {
    while (!cursor.done()) {
      final Task task = cursor.task();
      if (task.kind == Task.Kind.SEND) {
        throw new IllegalArgumentException("items of a program that sends do not run alone");
      }
      if (task.afterStream != Task.NONE && executor.readsUndefined(task)) {
        produce(task);
      }
      noting = cursor.item() == wanted;
      try {
        executor.execute(cursor, task, cursor);
      } catch (final ScheduleFault e) {
        throw new ScheduleFault(cursor.place() + ", " + task.kind + ": " + e.getMessage());
      } finally {
        noting = false;
      }
      cursor.step();
    }
  }

  /** Executes items that a load waits for, the last first, until its region is there. */
  private void produce(final Task load) {
    final int stream = load.afterStream;
    for (int item = load.afterItems - 1; item >= 0; item--) {
      if (!done(stream).get(item)) {
        done(stream).set(item);
        run(new StreamCursor(program, stream, item, item + 1), Task.NONE);
        if (!executor.readsUndefined(load)) {
          return;
        }
      }
    }
  }
}
