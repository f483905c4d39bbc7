package org.inferchip.verification;

import static org.inferchip.program.Task.NONE;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.inferchip.operator.Collective;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.MatOp;
import org.inferchip.program.Task;
import org.inferchip.program.Task.Kind;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;
import org.inferchip.program.VectorOp;

/**
 * Things that go wrong in programs. Each makes a wrong program of a sound one, at a place that a
 * seed picks; or none, where the sound one has no such place.
 */
enum Fault {
  DROPPED_TILE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return items(sound, random, false);
    }
  },
  TILE_DONE_TWICE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return items(sound, random, true);
    }
  },
  SWAPPED_OPERANDS {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task -> task.kind == Kind.MULTIPLY,
          task -> {
            final int a = task.a;
            task.a = task.b;
            task.b = a;
            task.kept = task.kept >> 1 & 1 | task.kept << 1 & 2;
          });
    }
  },
  TRANSPOSED_OPERAND {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task ->
              task.kind == Kind.MULTIPLY
                  && task.matOp != MatOp.RESCALE_AB
                  && task.k > 1
                  && task.n > 1,
          task -> task.matOp = task.matOp == MatOp.AB ? MatOp.ABT : MatOp.AB);
    }
  },
  MISSING_PARTIAL_SUM {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return step(sound, random, List::clear);
    }
  },
  REPEATED_PARTIAL_SUM {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return step(
          sound,
          random,
          tasks -> {
            final int size = tasks.size();
            for (int i = 0; i < size; i++) {
              tasks.add(new Task().set(tasks.get(i)));
            }
          });
    }
  },
  WRONG_REDUCTION_RANGE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return shifted(sound, random, false, Role.INPUT, task -> feedsProduct(sound, task));
    }
  },
  WRONG_WEIGHT_ROWS {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return shifted(sound, random, true, Role.WEIGHT, task -> feedsProduct(sound, task));
    }
  },
  WRONG_WEIGHT_COLUMNS {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return shifted(sound, random, false, Role.WEIGHT, task -> true);
    }
  },
  WRONG_INPUT_ROWS {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      final boolean collective = sound.operator() instanceof Collective;
      return shifted(sound, random, true, Role.INPUT, task -> !collective);
    }
  },
  WRONG_BIAS {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return shifted(sound, random, false, Role.BIAS, task -> true);
    }
  },
  DROPPED_BIAS {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task -> task.vectorOp == VectorOp.ADD_ROW,
          task -> task.vectorOp = VectorOp.CONVERT);
    }
  },
  STALE_KEYS {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return shifted(sound, random, true, Role.KEY, task -> true);
    }
  },
  STALE_VALUES {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return shifted(sound, random, true, Role.VALUE, task -> true);
    }
  },
  WRONG_HEAD {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return shifted(
          sound, random, false, random.nextBoolean() ? Role.KEY : Role.VALUE, task -> true);
    }
  },
  WRONG_MASK {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      final int by = random.nextBoolean() ? 1 : -1;
      return one(
          sound, random, task -> changesMask(task, t -> t.arg0 += by), task -> task.arg0 += by);
    }
  },
  NO_MASK {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound, random, task -> changesMask(task, t -> t.arg0 = -1), task -> task.arg0 = -1);
    }
  },
  SOFTMAX_WITHOUT_RESCALE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task -> task.matOp == MatOp.RESCALE_AB && !task.step.opens(),
          task -> task.matOp = MatOp.AB);
    }
  },
  DROPPED_NORMALISE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task -> task.vectorOp == VectorOp.NORMALISE,
          task -> task.vectorOp = VectorOp.CONVERT);
    }
  },
  WRONG_SUBTILE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound, random, task -> task.kind == Kind.VECTOR && task.row > 0, task -> task.row--);
    }
  },
  FIRST_IN_THE_MIDDLE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task -> task.step == Accumulate.MIDDLE,
          task -> task.step = Accumulate.FIRST);
    }
  },
  LAST_IN_THE_MIDDLE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task -> task.step == Accumulate.MIDDLE,
          task -> task.step = Accumulate.LAST);
    }
  },
  EARLY_RELEASE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound, random, task -> (task.kept & held(task)) != 0, task -> task.kept &= ~held(task));
    }
  },
  NO_RELEASE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task -> (~task.kept & held(task)) != 0,
          task -> task.kept |= Integer.lowestOneBit(~task.kept & held(task)));
    }
  },
  DROPPED_WAIT {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return waits(
          sound,
          random,
          task -> {
            task.afterStream = NONE;
            task.afterItems = 0;
          });
    }
  },
  SHORT_WAIT {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return waits(sound, random, task -> task.afterItems--);
    }
  },
  ENDLESS_WAIT {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return waits(sound, random, task -> task.afterItems += 1_000_000);
    }
  },
  STORED_TWICE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      final Place at = pick(sound, random, task -> task.kind == Kind.STORE);
      return edited(
          sound,
          at,
          tasks -> {
            final Task first = new Task().set(tasks.get(at.task())).keepA();
            first.endsItem = false;
            tasks.add(at.task(), first);
          });
    }
  },
  STORED_ELSEWHERE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return moved(sound, random, random.nextBoolean(), task -> task.kind == Kind.STORE);
    }
  },
  NOT_STORED {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      // The slot is read all the same, so that only the data are missing.
      final Place at = pick(sound, random, task -> task.kind == Kind.STORE && !task.endsItem);
      return edited(sound, at, tasks -> tasks.remove(at.task()));
    }
  },
  BUFFER_TOO_DEEP {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return buffer(
          sound,
          random,
          b ->
              new Buffer(b.id(), b.name(), b.level(), 100_000_000, b.rows(), b.cols(), b.format()));
    }
  },
  BUFFER_TOO_SMALL {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return buffer(
          sound,
          random,
          b ->
              b.rows() * b.cols() < 2
                  ? b
                  : new Buffer(
                      b.id(),
                      b.name(),
                      b.level(),
                      b.depth(),
                      1,
                      (b.rows() * b.cols()) / 2,
                      b.format()));
    }
  },
  MISSING_CONTRIBUTION {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      if (!(sound.operator() instanceof Collective)) {
        return null;
      }
      // What arrived is read and released, and then left out.
      final TileProgram added =
          one(
              sound,
              random,
              task -> task.vectorOp == VectorOp.ADD,
              task -> task.vectorOp = VectorOp.CONVERT);
      return added != null ? added : step(sound, random, List::clear);
    }
  },
  SENT_ELSEWHERE {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return one(
          sound,
          random,
          task -> task.kind == Kind.SEND && sound.streams() > 1,
          task -> task.toStream = (task.toStream + 1) % sound.streams());
    }
  },
  ENDED_EARLY {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      final Place at = pick(sound, random, task -> task.endsItem);
      if (at == null || at.task() == 0) {
        return null;
      }
      return edited(
          sound,
          at,
          tasks -> {
            tasks.get(at.task()).endsItem = false;
            tasks.get(at.task() - 1).endsItem = true;
          });
    }
  },
  WRONG_INDEX_ROWS {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      return moved(sound, random, true, task -> task.index != NONE);
    }
  },
  FREE_BYTES {
    @Override
    TileProgram into(final TileProgram sound, final SplittableRandom random) {
      final Place at =
          pick(
              sound,
              random,
              task -> task.kind == Kind.LOAD && task.fetchBytes > 0 && task.index == NONE);
      if (at == null) {
        return null;
      }
      final int[] tensor = new int[1];
      FaultyProgram.walk(
          sound,
          (place, task) -> {
            if (place.equals(at)) {
              tensor[0] = task.tensor;
            }
          });
      return all(
          sound,
          task -> task.kind == Kind.LOAD && task.tensor == tensor[0],
          task -> task.fetchBytes /= 2);
    }
  };

  /** A wrong program, or null. */
  abstract TileProgram into(TileProgram sound, SplittableRandom random);

  private interface Test {
    boolean applies(Task task);
  }

  private interface Change {
    void apply(Task task);
  }

  private interface TripChange {
    void apply(List<Task> tasks);
  }

  private static int held(final Task task) {
    return (task.a == NONE ? 0 : 1) | (task.b == NONE ? 0 : 2) | (task.c == NONE ? 0 : 4);
  }

  private static Place pick(
      final TileProgram sound, final SplittableRandom random, final Test test) {
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

  private static TileProgram edited(
      final TileProgram sound, final Place at, final TripChange change) {
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

  private static TileProgram one(
      final TileProgram sound,
      final SplittableRandom random,
      final Test test,
      final Change change) {
    final Place at = pick(sound, random, test);
    return edited(sound, at, tasks -> change.apply(tasks.get(at.task())));
  }

  private static TileProgram all(final TileProgram sound, final Test test, final Change change) {
    return FaultyProgram.edited(
        sound, (trip, tasks) -> tasks.stream().filter(test::applies).forEach(change::apply));
  }

  private static TileProgram items(
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
  private static TileProgram step(
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

  private static boolean feedsProduct(final TileProgram sound, final Task task) {
    return sound.operator() instanceof org.inferchip.operator.MatMul;
  }

  /** Every wait of one stream for another. */
  private static TileProgram waits(
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
  private static TileProgram shifted(
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
  private static TileProgram moved(
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

  private static TileProgram buffer(
      final TileProgram sound,
      final SplittableRandom random,
      final java.util.function.UnaryOperator<Buffer> change) {
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
  private static boolean changesMask(final Task task, final Change change) {
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
