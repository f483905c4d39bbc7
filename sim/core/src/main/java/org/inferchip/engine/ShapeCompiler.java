package org.inferchip.engine;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.numerics.Format;
import org.inferchip.program.Buffer;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.VectorOp;
import org.inferchip.units.Picoseconds;

/**
 * Turns tasks into {@link Shape}s for the cores of one group: durations by the unit laws, levels by
 * {@link Residency}, and what is counted.
 *
 * <p>A compute task occupies its unit for the law's cycles, but not less than its operands (and,
 * for vector work, its result) in local memory take at {@code LocalMemory.bandwidth}; the local
 * memory's latency is added to its latency. Slots at the accumulator level (registers) are not fed
 * from local memory. A transfer's latency is that of the port, of the shared memory if it passes
 * it, and of the external memory if that serves it, each once. Code that reaches only a share of a
 * rate ({@link Task#share}), or keeps few bytes on their way ({@link Task#inFlight}), takes longer.
 */
final class ShapeCompiler {
  private final List<Buffer> buffers;
  private final List<TensorRef> tensors;
  private final CoreGroup core;
  private final Clock clock;
  private final MatrixLaw matrixLaw;
  private final VectorLaw vectorLaw;
  private final AttentionLaw attentionLaw;
  private final Residency residency;
  private final Rates rates;
  private final Distances distances;
  private final boolean[] readOnce;

  ShapeCompiler(
      final Chip chip,
      final CoreGroup core,
      final List<Buffer> buffers,
      final List<TensorRef> tensors,
      final Residency residency,
      final Distances distances,
      final boolean[] readOnce,
      final double memoryShare) {
    this.distances = distances;
    this.readOnce = readOnce;
    this.buffers = buffers;
    this.tensors = tensors;
    this.core = core;
    this.residency = residency;
    clock = new Clock(chip.clock());
    matrixLaw = MatrixLaw.of(core.matrix(), chip.clock());
    vectorLaw = new VectorLaw(core.vector());
    attentionLaw = core.attention().map(AttentionLaw::new).orElse(null);
    rates = Rates.of(chip, core, memoryShare);
  }

  /** Leaves of a load's reuse only what timing depends on: whether it misses. */
  void normalise(final Task task) {
    if (task.kind == Task.Kind.LOAD) {
      final TensorRef tensor = tensors.get(task.tensor);
      final boolean miss = residency.misses(tensor, task);
      task.fetchBytes = miss ? residency.fetched(tensor, task) : 0;
      task.reuseDistance = miss ? Task.FIRST_TOUCH : 0;
    }
  }

  /** The shape of a normalised task. */
  Shape compile(final Task task, final int id, final int kind) {
    final Shape shape = new Shape(id, kind, new Task().set(task));
    operands(task, shape);
    switch (task.kind) {
      case LOAD -> load(task, shape);
      case STORE -> store(task, shape);
      case SEND -> send(task, shape);
      case MULTIPLY -> {
        if (task.fixed) {
          array(task, shape);
        } else {
          multiply(task, shape);
        }
      }
      case VECTOR -> {
        if (task.fixed) {
          softmax(task, shape);
        } else {
          vector(task, shape);
        }
      }
      default -> throw new IllegalArgumentException("kind " + task.kind);
    }
    return shape;
  }

  private static void operands(final Task task, final Shape shape) {
    shape.a = task.a;
    shape.b = task.b;
    shape.c = task.c;
    shape.releasesA = task.releasesA();
    shape.releasesB = task.releasesB();
    shape.releasesC = task.releasesC();
    shape.to = task.to;
    final boolean byStep = task.kind == Task.Kind.VECTOR && task.vectorOp != VectorOp.SOFTMAX_STEP;
    shape.toOpens = task.to != Task.NONE && (!byStep || task.step.opens());
    shape.toFills = task.to != Task.NONE && (!byStep || task.step.fills());
    shape.accumulator = task.accumulator;
    shape.accumulatorOpens = task.accumulator != Task.NONE && task.step.opens();
    shape.accumulatorFills = task.accumulator != Task.NONE && task.step.fills();
    shape.waits = task.afterStream != Task.NONE;
    shape.endsItem = task.endsItem;
  }

  private void load(final Task task, final Shape shape) {
    final TensorRef tensor = tensors.get(task.tensor);
    final boolean miss = residency.misses(tensor, task);
    shape.lane = Shape.LOAD;
    if (tensor.home() == TensorRef.Home.CELLS) {
      return;
    }
    shape.portBytes = MatrixLaw.ceilDiv(task.bytes, task.joint);
    shape.multicast = task.multicast;
    shape.sharedBytes =
        residency.passesShared() ? MatrixLaw.ceilDiv(shape.portBytes, task.multicast) : 0;
    shape.memoryBytes = miss ? task.fetchBytes : 0;
    shape.local = distances != null && distances.local(readOnce[task.tensor]);
    shape.portPicos = Pipes.alone(rates.portRead(), shape.portBytes);
    shape.latencyPicos =
        rates.portLatency()
            + (residency.passesShared() ? rates.sharedLatency() : 0)
            + (miss ? rates.memoryLatency() + afar(shape) : 0);
    shape.localBytes = task.to >= 0 && local(task.to) ? task.bytes : 0;
    shape.leastPicos = Math.max(task.setup, paced(task, shape.latencyPicos));
    if (task.fixed) {
      shape.ownPath = true;
      shape.portPicos = clock.picos((long) Math.ceil(shape.portBytes / attentionLaw.path()));
      shape.leastPicos = Math.max(shape.leastPicos, shape.portPicos);
    }
    serial(shape);
  }

  /**
   * Time of a load at the pace of its code: no more than the bytes in flight come in a latency
   * (Little's law), and no more than its share of the port's rate.
   */
  private long paced(final Task task, final long latencyPicos) {
    final double share =
        task.share == Task.WHOLE
            ? 0
            : task.bytes / (rates.portRead() * task.share / Task.WHOLE) * Picoseconds.PER_SECOND;
    final double flight =
        task.inFlight == 0 ? 0 : (double) task.bytes * latencyPicos / task.inFlight;
    return (long) Math.ceil(Math.max(share, flight));
  }

  private void store(final Task task, final Shape shape) {
    final TensorRef tensor = tensors.get(task.tensor);
    final boolean back = residency.writesBack(tensor);
    shape.lane = Shape.STORE;
    shape.portBytes = task.bytes;
    shape.sharedBytes = residency.passesShared() ? task.bytes : 0;
    shape.memoryBytes = back ? tensor.coldBytes(task.bytes) : 0;
    shape.portPicos = Pipes.alone(rates.portWrite(), task.bytes);
    shape.latencyPicos =
        rates.portLatency()
            + (residency.passesShared()
                ? rates.sharedLatency()
                : rates.memoryLatency() + afar(shape));
    shape.localBytes = local(task.a) ? task.bytes : 0;
    serial(shape);
  }

  private void send(final Task task, final Shape shape) {
    shape.lane = Shape.SEND;
    shape.portBytes = task.bytes;
    shape.outBytes = task.outBytes;
    shape.inBytes = task.inBytes;
    shape.portPicos = Pipes.alone(rates.portWrite(), task.bytes);
    shape.sharedBytes = residency.passesShared() ? task.bytes : 0;
    shape.latencyPicos = 2 * rates.portLatency();
    shape.keptLatencyPicos = shape.latencyPicos + rates.sharedLatency();
    shape.localBytes = local(task.a) ? task.bytes : 0;
    serial(shape);
    shape.serialPicos += Pipes.alone(rates.portRead(), task.bytes) + rates.sharedLatency();
  }

  /** Latency between the core and where its bytes are. */
  private long afar(final Shape shape) {
    return distances == null ? 0 : distances.latencyPicos(shape.local);
  }

  private void serial(final Shape shape) {
    shape.serialPicos = shape.portPicos + shape.latencyPicos + shape.leastPicos;
    if (shape.sharedBytes > 0) {
      shape.serialPicos += Pipes.alone(rates.shared(), shape.sharedBytes);
    }
    if (shape.memoryBytes > 0) {
      final long alone = Pipes.alone(rates.memory(), shape.memoryBytes);
      shape.serialPicos += alone + slowed(alone);
      if (distances != null) {
        shape.serialPicos += distances.serialPicos(shape.memoryBytes, rates.memory());
      }
    }
  }

  /** By how much work of a time slows the other side at most. */
  private long slowed(final long picos) {
    return (long) Math.ceil(Interference.share(core.matrix()) * picos);
  }

  private void multiply(final Task task, final Shape shape) {
    final Format first = buffers.get(task.a).format();
    final Format second = buffers.get(task.b).format();
    final Format format = Format.multiplied(first, second);
    final long fed =
        (local(task.a) ? first.bytes((long) task.m * task.k) : 0)
            + (local(task.b) ? second.bytes((long) task.k * task.n) : 0);
    shape.streamed =
        task.tileM > 0 && matrixLaw instanceof TensorCoreLaw tensor && tensor.streams();
    final MatrixCycles cycles =
        (shape.streamed
                ? ((TensorCoreLaw) matrixLaw).streamed(task, first, second)
                : matrixLaw.cycles(
                    Math.max(task.m, task.wholeM),
                    Math.max(task.n, task.wholeN),
                    Math.max(task.k, task.wholeK),
                    format,
                    task.step))
            .slowed(task.share, task.extra == 0 ? 0 : vectorLaw.occupancyCycles(0, task.extra))
            .atLeast(feedCycles(fed), core.local().latencyCycles());
    shape.lane = Shape.MATRIX;
    shape.stationary = matrixLaw.stationary().ordinal();
    shape.occupancyPicos = clock.picos(cycles.occupancy());
    shape.latencyPicos = clock.picos(cycles.latency());
    shape.keptOccupancyPicos = clock.picos(cycles.keptOccupancy());
    shape.keptLatencyPicos = clock.picos(cycles.keptLatency());
    shape.serialPicos =
        Math.max(shape.occupancyPicos, shape.latencyPicos) + slowed(shape.occupancyPicos);
    shape.format = format;
    shape.macs = Math.multiplyExact((long) task.m * task.n, (long) task.k);
    shape.analog = matrixLaw.analog(task.m, task.n, task.k, format);
    shape.localBytes = fed;
  }

  /** An array of the attention unit; it has its operands at hand. */
  private void array(final Task task, final Shape shape) {
    final Format first = buffers.get(task.a).format();
    final Format second = buffers.get(task.b).format();
    final Format format = first.bits() >= second.bits() ? first : second;
    final MatrixCycles cycles = attentionLaw.cycles(task, format);
    shape.lane = AttentionLaw.lane(task);
    stage(shape, cycles.occupancy(), cycles.latency());
    shape.format = format;
    shape.macs = Math.multiplyExact((long) task.m * task.n, (long) task.k);
    shape.localBytes =
        (local(task.a) ? first.bytes((long) task.m * task.k) : 0)
            + (local(task.b) ? second.bytes((long) task.k * task.n) : 0);
  }

  /** The softmax pipeline of the attention unit. */
  private void softmax(final Task task, final Shape shape) {
    final long elements = (long) task.m * task.n;
    final long occupancy = attentionLaw.softmaxCycles(elements);
    shape.lane = AttentionLaw.lane(task);
    stage(shape, occupancy, occupancy + attentionLaw.softmaxLatencyCycles());
    shape.vectorOperations = elements * task.vectorOp.operations();
    shape.specialOperations = AttentionLaw.exponentials(task);
    shape.localBytes = moved(task.to, elements);
  }

  private void stage(final Shape shape, final long occupancy, final long latency) {
    shape.occupancyPicos = clock.picos(occupancy);
    shape.latencyPicos = clock.picos(latency);
    shape.keptOccupancyPicos = shape.occupancyPicos;
    shape.keptLatencyPicos = shape.latencyPicos;
    shape.serialPicos = shape.latencyPicos;
  }

  private void vector(final Task task, final Shape shape) {
    final long elements = (long) task.m * task.n;
    final long moved =
        moved(task.a, elements)
            + moved(task.b, secondElements(task))
            + moved(task.c, task.n)
            + moved(task.to, elements);
    shape.lane = Shape.VECTOR;
    shape.vectorOperations = elements * task.vectorOp.operations() + task.extra;
    shape.specialOperations = elements * task.vectorOp.special();
    final long worked = (long) Math.max(task.m, task.wholeM) * Math.max(task.n, task.wholeN);
    final long occupancy =
        Math.max(
            vectorLaw.occupancyCycles(
                worked * task.vectorOp.operations() + task.extra,
                worked * task.vectorOp.special() * Task.WHOLE / task.share),
            feedCycles(moved));
    shape.occupancyPicos = clock.picos(occupancy);
    shape.latencyPicos =
        clock.picos(
            occupancy
                + vectorLaw.latencyCycles()
                + core.local().latencyCycles()
                + (task.vectorOp.needsRow() ? matrixLaw.rowCycles(task.m) : 0));
    shape.keptOccupancyPicos = shape.occupancyPicos;
    shape.keptLatencyPicos = shape.latencyPicos;
    shape.serialPicos = shape.latencyPicos;
    shape.localBytes = moved;
  }

  /** Elements of the second operand: a tile, a row, or one a row of the tile. */
  private static long secondElements(final Task task) {
    return switch (task.vectorOp) {
      case ADD, SILU_MUL, GELU_MUL -> (long) task.m * task.n;
      case ADD_ROW, RMS_NORM, LAYER_NORM -> task.n;
      default -> task.m;
    };
  }

  private long moved(final int buffer, final long elements) {
    return buffer >= 0 && local(buffer) ? buffers.get(buffer).format().bytes(elements) : 0;
  }

  private boolean local(final int buffer) {
    return buffers.get(buffer).level() == Buffer.Level.LOCAL;
  }

  private long feedCycles(final long bytes) {
    return (long) Math.ceil(bytes / core.local().bandwidth());
  }
}
