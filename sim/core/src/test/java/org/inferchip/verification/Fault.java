package org.inferchip.verification;

import static org.inferchip.program.Task.NONE;

import java.util.List;
import java.util.SplittableRandom;
import org.inferchip.operator.Collective;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.MatOp;
import org.inferchip.program.Task;
import org.inferchip.program.Task.Kind;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;
import org.inferchip.program.VectorOp;

/**
 * Things that go wrong in programs. Each makes a wrong program of a sound one, at a place that a
 * seed picks; or none, where the sound one has no such place.
 */
enum Fault {
  DROPPED_TILE((sound, random) -> Edits.items(sound, random, false)),
  TILE_DONE_TWICE((sound, random) -> Edits.items(sound, random, true)),
  SWAPPED_OPERANDS(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> task.kind == Kind.MULTIPLY,
              task -> {
                final int a = task.a;
                task.a = task.b;
                task.b = a;
                task.kept = task.kept >> 1 & 1 | task.kept << 1 & 2;
              })),
  TRANSPOSED_OPERAND(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task ->
                  task.kind == Kind.MULTIPLY
                      && task.matOp != MatOp.RESCALE_AB
                      && task.k > 1
                      && task.n > 1,
              task -> task.matOp = task.matOp == MatOp.AB ? MatOp.ABT : MatOp.AB)),
  MISSING_PARTIAL_SUM((sound, random) -> Edits.step(sound, random, List::clear)),
  REPEATED_PARTIAL_SUM(
      (sound, random) ->
          Edits.step(
              sound,
              random,
              tasks -> {
                final int size = tasks.size();
                for (int i = 0; i < size; i++) {
                  tasks.add(new Task().set(tasks.get(i)));
                }
              })),
  WRONG_REDUCTION_RANGE(
      (sound, random) ->
          Edits.shifted(sound, random, false, Role.INPUT, task -> Edits.feedsProduct(sound, task))),
  WRONG_WEIGHT_ROWS(
      (sound, random) ->
          Edits.shifted(sound, random, true, Role.WEIGHT, task -> Edits.feedsProduct(sound, task))),
  WRONG_WEIGHT_COLUMNS(
      (sound, random) -> Edits.shifted(sound, random, false, Role.WEIGHT, task -> true)),
  WRONG_INPUT_ROWS(
      (sound, random) -> {
        final boolean collective = sound.operator() instanceof Collective;
        return Edits.shifted(sound, random, true, Role.INPUT, task -> !collective);
      }),
  WRONG_BIAS((sound, random) -> Edits.shifted(sound, random, false, Role.BIAS, task -> true)),
  DROPPED_BIAS(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> task.vectorOp == VectorOp.ADD_ROW,
              task -> task.vectorOp = VectorOp.CONVERT)),
  STALE_KEYS((sound, random) -> Edits.shifted(sound, random, true, Role.KEY, task -> true)),
  STALE_VALUES((sound, random) -> Edits.shifted(sound, random, true, Role.VALUE, task -> true)),
  WRONG_HEAD(
      (sound, random) ->
          Edits.shifted(
              sound, random, false, random.nextBoolean() ? Role.KEY : Role.VALUE, task -> true)),
  WRONG_MASK(
      (sound, random) -> {
        final int by = random.nextBoolean() ? 1 : -1;
        return Edits.one(
            sound,
            random,
            task -> Edits.changesMask(task, t -> t.arg0 += by),
            task -> task.arg0 += by);
      }),
  NO_MASK(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> Edits.changesMask(task, t -> t.arg0 = -1),
              task -> task.arg0 = -1)),
  SOFTMAX_WITHOUT_RESCALE(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> task.matOp == MatOp.RESCALE_AB && !task.step.opens(),
              task -> task.matOp = MatOp.AB)),
  DROPPED_NORMALISE(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> task.vectorOp == VectorOp.NORMALISE,
              task -> task.vectorOp = VectorOp.CONVERT)),
  WRONG_SUBTILE(
      (sound, random) ->
          Edits.one(
              sound, random, task -> task.kind == Kind.VECTOR && task.row > 0, task -> task.row--)),
  FIRST_IN_THE_MIDDLE(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> task.step == Accumulate.MIDDLE,
              task -> task.step = Accumulate.FIRST)),
  LAST_IN_THE_MIDDLE(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> task.step == Accumulate.MIDDLE,
              task -> task.step = Accumulate.LAST)),
  EARLY_RELEASE(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> (task.kept & Edits.held(task)) != 0,
              task -> task.kept &= ~Edits.held(task))),
  NO_RELEASE(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> (~task.kept & Edits.held(task)) != 0,
              task -> task.kept |= Integer.lowestOneBit(~task.kept & Edits.held(task)))),
  DROPPED_WAIT(
      (sound, random) ->
          Edits.waits(
              sound,
              random,
              task -> {
                task.afterStream = NONE;
                task.afterItems = 0;
              })),
  SHORT_WAIT((sound, random) -> Edits.waits(sound, random, task -> task.afterItems--)),
  ENDLESS_WAIT((sound, random) -> Edits.waits(sound, random, task -> task.afterItems += 1_000_000)),
  STORED_TWICE(
      (sound, random) -> {
        final Place at = Edits.pick(sound, random, task -> task.kind == Kind.STORE);
        return Edits.edited(
            sound,
            at,
            tasks -> {
              final Task first = new Task().set(tasks.get(at.task())).keepA();
              first.endsItem = false;
              tasks.add(at.task(), first);
            });
      }),
  STORED_ELSEWHERE(
      (sound, random) ->
          Edits.moved(sound, random, random.nextBoolean(), task -> task.kind == Kind.STORE)),
  NOT_STORED(
      (sound, random) -> {
        // The slot is read all the same, so that only the data are missing.
        final Place at =
            Edits.pick(sound, random, task -> task.kind == Kind.STORE && !task.endsItem);
        return Edits.edited(sound, at, tasks -> tasks.remove(at.task()));
      }),
  BUFFER_TOO_DEEP(
      (sound, random) ->
          Edits.buffer(
              sound,
              random,
              b ->
                  new Buffer(
                      b.id(), b.name(), b.level(), 100_000_000, b.rows(), b.cols(), b.format()))),
  BUFFER_TOO_SMALL(
      (sound, random) ->
          Edits.buffer(
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
                          b.format()))),
  MISSING_CONTRIBUTION(
      (sound, random) -> {
        if (!(sound.operator() instanceof Collective)) {
          return null;
        }
        // What arrived is read and released, and then left out.
        final TileProgram added =
            Edits.one(
                sound,
                random,
                task -> task.vectorOp == VectorOp.ADD,
                task -> task.vectorOp = VectorOp.CONVERT);
        return added != null ? added : Edits.step(sound, random, List::clear);
      }),
  SENT_ELSEWHERE(
      (sound, random) ->
          Edits.one(
              sound,
              random,
              task -> task.kind == Kind.SEND && sound.streams() > 1,
              task -> task.toStream = (task.toStream + 1) % sound.streams())),
  ENDED_EARLY(
      (sound, random) -> {
        final Place at = Edits.pick(sound, random, task -> task.endsItem);
        if (at == null || at.task() == 0) {
          return null;
        }
        return Edits.edited(
            sound,
            at,
            tasks -> {
              tasks.get(at.task()).endsItem = false;
              tasks.get(at.task() - 1).endsItem = true;
            });
      }),
  WRONG_INDEX_ROWS((sound, random) -> Edits.moved(sound, random, true, task -> task.index != NONE)),
  FREE_BYTES(
      (sound, random) -> {
        final Place at =
            Edits.pick(
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
        return Edits.all(
            sound,
            task -> task.kind == Kind.LOAD && task.tensor == tensor[0],
            task -> task.fetchBytes /= 2);
      });

  /** Makes a wrong program of a sound one; null where the sound one has no place for it. */
  private interface Injection {
    TileProgram into(TileProgram sound, SplittableRandom random);
  }

  private final Injection injection;

  Fault(final Injection injection) {
    this.injection = injection;
  }

  /** A wrong program, or null. */
  TileProgram into(final TileProgram sound, final SplittableRandom random) {
    return injection.into(sound, random);
  }
}
