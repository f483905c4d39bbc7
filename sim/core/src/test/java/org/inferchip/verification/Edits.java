package org.inferchip.verification;

import static org.inferchip.program.Task.NONE;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.Task.Kind;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;
import org.inferchip.program.VectorOp;

/** Ways to change a program at a place that a seed picks; null where there is no such place. */
final class Edits {
  private Edits() {}

  interface Test {
    boolean applies(Task task);
  }

  interface Change {
    void apply(Task task);
  }

  interface TripChange {
    void apply(List<Task> tasks);
  }

  static int held(final Task task) {
    return (task.a == NONE ? 0 : 1) | (task.b == NONE ? 0 : 2) | (task.c == NONE ? 0 : 4);
  }

  static Place pick(final TileProgram sound, final SplittableRandom random, final Test test) {
    final List<Place> places = new ArrayList<>();
    FaultyProgram.walk(
        sound,
        (place, task) -> {
          if (test.applies(task)) {
            places.add(place);
          }
        });
    return places.isEmpty() ? null : places.get(random.nextInt(places.size()));
  }

  static TileProgram edited(final TileProgram sound, final Place at, final TripChange change) {
    return at == null
        ? null
        : FaultyProgram.edited(
            sound,
            (trip, tasks) -> {
              if (trip.sameTrip(at)) {
                change.apply(tasks);
              }
            });
  }

  static TileProgram one(
      final TileProgram sound,
      final SplittableRandom random,
      final Test test,
      final Change change) {
    final Place at = pick(sound, random, test);
    return edited(sound, at, tasks -> change.apply(tasks.get(at.task())));
  }

  static TileProgram all(final TileProgram sound, final Test test, final Change change) {
    return FaultyProgram.edited(
        sound, (trip, tasks) -> tasks.stream().filter(test::applies).forEach(change::apply));
  }

  static TileProgram items(
      final TileProgram sound, final SplittableRandom random, final boolean twice) {
    final Place at = pick(sound, random, task -> task.kind == Kind.STORE);
    final List<Integer> items =
        new ArrayList<>(IntStream.range(0, sound.items(at.stream())).boxed().toList());
    if (twice) {
      items.add(at.item(), at.item());
    } else {
      items.remove(at.item());
    }
    return FaultyProgram.withItems(sound, at.stream(), items);
  }

  /** A trip that is nothing but one step in the middle of a sum, and what it loads. */
  static TileProgram step(
      final TileProgram sound, final SplittableRandom random, final TripChange change) {
    final List<Place> places = new ArrayList<>();
    final int[] steps = new int[2];
    FaultyProgram.walk(
        sound,
        (place, task) -> {
          if (place.task() == 0) {
            steps[0] = 0;
            steps[1] = 0;
          }
          steps[0] += task.kind == Kind.LOAD ? 1 : 0;
          steps[1] += task.step == Accumulate.MIDDLE ? 1 : 0;
          if (task.step == Accumulate.MIDDLE && steps[0] == place.task()) {
            places.add(place);
          }
        });
    if (places.isEmpty()) {
      return null;
    }
    final Place at = places.get(random.nextInt(places.size()));
    return edited(
        sound,
        at,
        tasks -> {
          if (tasks.size() == at.task() + 1) {
            change.apply(tasks);
          } else {
            // One of several steps in a trip, which reads what arrived from elsewhere.
            change.apply(tasks.subList(at.task(), at.task() + 1));
          }
        });
  }

  static boolean feedsProduct(final TileProgram sound, final Task task) {
    return sound.operator() instanceof MatMul;
  }

  /** Every wait of one stream for another. */
  static TileProgram waits(
      final TileProgram sound, final SplittableRandom random, final Change change) {
    final List<int[]> pairs = new ArrayList<>();
    FaultyProgram.walk(
        sound,
        (place, task) -> {
          if (task.afterStream != NONE) {
            pairs.add(new int[] {place.stream(), task.afterStream});
          }
        });
    if (pairs.isEmpty()) {
      return null;
    }
    final int[] pair = pairs.get(random.nextInt(pairs.size()));
    return FaultyProgram.edited(
        sound,
        (trip, tasks) -> {
          if (trip.stream() == pair[0]) {
            tasks.stream().filter(task -> task.afterStream == pair[1]).forEach(change::apply);
          }
        });
  }

  /** A load of a tensor from other rows or columns. */
  static TileProgram shifted(
      final TileProgram sound,
      final SplittableRandom random,
      final boolean rows,
      final Role role,
      final Test test) {
    return moved(
        sound,
        random,
        rows,
        task ->
            task.kind == Kind.LOAD
                && sound.tensors().get(task.tensor).role() == role
                && test.applies(task));
  }

  /** A load or store of a neighbouring region, as far away as fits. */
  static TileProgram moved(
      final TileProgram sound, final SplittableRandom random, final boolean rows, final Test test) {
    final boolean near = random.nextBoolean();
    return one(
        sound,
        random,
        task -> test.applies(task) && shift(sound, task, rows, near) != 0,
        task -> {
          final int by = shift(sound, task, rows, near);
          task.row += rows ? by : 0;
          task.col += rows ? 0 : by;
        });
  }

  private static int shift(
      final TileProgram sound, final Task task, final boolean rows, final boolean near) {
    final TensorRef tensor = sound.tensors().get(task.tensor);
    final long all =
        !rows
            ? tensor.cols()
            : task.index == NONE ? tensor.rows() : sound.tensors().get(task.index).rows();
    final int first = rows ? task.row : task.col;
    final int size = rows ? task.m : task.n;
    final int step = near ? 1 : size;
    if (first >= step) {
      return -step;
    }
    if (first + size + step <= all) {
      return step;
    }
    return 0;
  }

  static TileProgram buffer(
      final TileProgram sound, final SplittableRandom random, final UnaryOperator<Buffer> change) {
    final List<Buffer> buffers = new ArrayList<>(sound.buffers());
    final int at = random.nextInt(buffers.size());
    final Buffer changed = change.apply(buffers.get(at));
    if (changed.equals(buffers.get(at))) {
      return null;
    }
    buffers.set(at, changed);
    return FaultyProgram.withBuffers(sound, buffers);
  }

  /** Whether a change lets other keys through for some row. */
  static boolean changesMask(final Task task, final Change change) {
    if (task.vectorOp != VectorOp.SOFTMAX_STEP || task.arg0 < 0) {
      return false;
    }
    final Task changed = new Task().set(task);
    change.apply(changed);
    for (int r = 0; r < task.m; r++) {
      for (int c = 0; c < task.n; c++) {
        if (sees(task, r, c) != sees(changed, r, c)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean sees(final Task task, final int row, final int col) {
    final int query = task.arg0 + row / task.arg2;
    final int key = task.arg1 + col;
    return task.arg0 < 0 || key <= query && (task.arg3 <= 0 || key > query - task.arg3);
  }
}
