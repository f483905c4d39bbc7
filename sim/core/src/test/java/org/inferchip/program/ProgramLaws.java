package org.inferchip.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What every tile program must keep, checked by walking all of it: for small programs of tests.
 *
 * <ul>
 *   <li>all trips of a block have one shape;
 *   <li>every item ends once, with its last task;
 *   <li>tiles fit their slots and regions their tensors;
 *   <li>it is sequentially legal, and leaves no slot behind;
 *   <li>each element of the results is stored once.
 * </ul>
 */
public final class ProgramLaws {
  /** Multiply-accumulates of all tasks. */
  public long macs;

  /** Bytes that loads bring into cores, by tensor. */
  public final Map<Integer, Long> loaded = new HashMap<>();

  /** Bytes charged for data never touched before, by tensor. */
  public final Map<Integer, Long> firstTouched = new HashMap<>();

  /** Bytes sent over links. */
  public long sent;

  /** Tasks. */
  public long tasks;

  private final TileProgram program;
  private final TaskList list = new TaskList();
  private final Map<Integer, BitSet> stored = new HashMap<>();

  private ProgramLaws(final TileProgram program) {
    this.program = program;
  }

  /** Checks all laws. */
  public static ProgramLaws check(final TileProgram program) {
    final ProgramLaws laws = new ProgramLaws(program);
    for (int stream = 0; stream < program.streams(); stream++) {
      int alikeEnd = 0;
      long first = 0;
      for (int item = 0; item < program.items(stream); item++) {
        final long shape = laws.item(stream, item);
        if (item == alikeEnd) {
          first = shape;
          alikeEnd = item + program.alike(stream, item);
          assertTrue(
              item < alikeEnd && alikeEnd <= program.items(stream),
              "items alike of stream " + stream + " from " + item);
        }
        assertEquals(first, shape, "stream " + stream + " item " + item + " is not alike");
      }
    }
    laws.outputs();
    new SequentialRun(program).run();
    return laws;
  }

  /** Checks an item, and hashes what items that are alike have in common. */
  private long item(final int stream, final int item) {
    final boolean many = program.alike(stream, item) > 1;
    long all = program.blocks(stream, item);
    int ends = 0;
    boolean endedLast = false;
    for (int block = 0; block < program.blocks(stream, item); block++) {
      final String at = "stream " + stream + " item " + item + " block " + block;
      final int trips = program.trips(stream, item, block);
      assertTrue(trips > 0, at + " has no trips");
      long shape = 0;
      for (int trip = 0; trip < trips; trip++) {
        list.fill(program, stream, item, block, trip);
        long hash = list.size();
        for (int i = 0; i < list.size(); i++) {
          final Task task = list.get(i);
          hash = hash * 31 + task.shape();
          all = (all * 31 + task.shape()) * 31 + task.toStream;
          assertTrue(!many || task.afterStream == Task.NONE, at + " waits, but is like others");
          endedLast = task.endsItem;
          ends += task.endsItem ? 1 : 0;
          task(task, at + " trip " + trip + " task " + i);
        }
        shape = trip == 0 ? hash : shape;
        assertEquals(shape, hash, at + " trip " + trip + " differs in shape from trip 0");
      }
    }
    assertEquals(1, ends, "ends of stream " + stream + " item " + item);
    assertTrue(endedLast, "the last task of stream " + stream + " item " + item + " ends it");
    return all;
  }

  private void task(final Task task, final String at) {
    tasks++;
    if (task.kind == Task.Kind.MULTIPLY) {
      macs += (long) task.m * task.n * task.k;
      assertTrue(
          (long) task.m * task.n <= slot(task.accumulator), at + " accumulator is too small");
      assertTrue((long) task.m * task.k <= slot(task.a), at + " a is too small");
      assertTrue((long) task.n * task.k <= slot(task.b), at + " b is too small");
    } else {
      assertTrue(task.to == Task.NONE || written(task) <= slot(task.to), at + " over its slot");
    }
    if (task.kind == Task.Kind.SEND) {
      sent += task.bytes;
    }
    if (task.tensor != Task.NONE) {
      region(task, at);
    }
  }

  private static long written(final Task task) {
    if (task.kind != Task.Kind.VECTOR) {
      return (long) task.m * task.n;
    }
    return switch (task.vectorOp) {
      case ARGMAX -> 2L * task.m;
      case TOP_K -> 2L * task.m * task.arg0;
      case SOFTMAX_STEP -> (long) task.m * (task.n + 1);
      default -> (long) task.m * task.n;
    };
  }

  private long slot(final int buffer) {
    final Buffer b = program.buffers().get(buffer);
    assertEquals(buffer, b.id());
    return (long) b.rows() * b.cols();
  }

  private void region(final Task task, final String at) {
    final TensorRef tensor = program.tensors().get(task.tensor);
    assertEquals(task.tensor, tensor.id());
    assertTrue(task.row >= 0 && task.col >= 0 && task.m > 0 && task.n > 0, at + " empty region");
    assertTrue((long) task.col + task.n <= tensor.cols(), at + " columns over the tensor");
    final long rows =
        task.index == Task.NONE ? tensor.rows() : program.tensors().get(task.index).rows();
    assertTrue((long) task.row + task.m <= rows, at + " rows over the tensor");
    assertEquals(tensor.format().bytes((long) task.m * task.n), task.bytes, at);
    if (task.kind == Task.Kind.LOAD) {
      loaded.merge(task.tensor, task.bytes, Long::sum);
      if (task.reuseDistance == Task.FIRST_TOUCH) {
        firstTouched.merge(task.tensor, task.fetchBytes, Long::sum);
      }
    } else {
      store(task, tensor, at);
    }
  }

  private void store(final Task task, final TensorRef tensor, final String at) {
    final BitSet seen = stored.computeIfAbsent(task.tensor, id -> new BitSet());
    for (int r = 0; r < task.m; r++) {
      final int from = Math.toIntExact((task.row + r) * tensor.cols() + task.col);
      final int next = seen.nextSetBit(from);
      assertTrue(next < 0 || next >= from + task.n, at + " stores " + tensor.role() + " twice");
      seen.set(from, from + task.n);
    }
  }

  private void outputs() {
    for (final TensorRef tensor : program.tensors()) {
      if (tensor.role() == TensorRef.Role.OUTPUT || tensor.role() == TensorRef.Role.SUM) {
        final BitSet seen = stored.getOrDefault(tensor.id(), new BitSet());
        assertEquals(
            tensor.rows() * tensor.cols(), seen.cardinality(), "elements stored of " + tensor);
      }
    }
  }
}
