package org.inferchip.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.inferchip.arch.Chip;
import org.inferchip.numerics.Format;
import org.inferchip.program.TileProgram;

/** How often each shape of task occurs in a program, and what that sums up to. */
final class Tally {
  private final TileProgram program;
  private final Chip chip;
  private final Shapes shapes;
  private final Dies dies;
  private final Noc noc;
  private long[] times = new long[64];
  private long tasks;
  private long dieBytes;
  private long hopBytes;

  Tally(final TileProgram program, final Chip chip, final Shapes shapes) {
    this.program = program;
    this.chip = chip;
    this.shapes = shapes;
    dies = Dies.of(chip);
    noc = chip.network().isPresent() ? new Noc(chip) : null;
  }

  /** Adds tasks of a stream that have a shape. */
  void add(final int stream, final Shape shape, final long count) {
    if (shape.id >= times.length) {
      times = Arrays.copyOf(times, 2 * shape.id);
    }
    times[shape.id] += count;
    if (dies != null && !shape.local && shape.memoryBytes > 0) {
      final int die = dies.of(program.placement(), stream);
      dieBytes += count * dies.linkBytes(die, shape.memoryBytes, shape.multicast);
    }
    if (noc != null && shape.memoryBytes > 0) {
      hopBytes += count * noc.hopBytes(shape.memoryBytes, shape.local);
    }
  }

  /** Adds to the number of tasks. */
  void tasks(final long count) {
    tasks += count;
  }

  /** Tasks of the program. */
  long tasks() {
    return tasks;
  }

  /** All units, pipes and latencies one after the other, in picoseconds; saturates. */
  long upperPicos(final Links links) {
    double sum = 0;
    for (int id = 0; id < shapes.size(); id++) {
      final Shape shape = shapes.get(id);
      final long extra =
          shape.lane == Shape.SEND ? links.serialPicos(Math.max(shape.outBytes, shape.inBytes)) : 0;
      sum += (double) times[id] * (shape.serialPicos + extra);
    }
    return sum >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) Math.ceil(sum * (1 + 1e-12));
  }

  /** Operations and bytes of the whole program. */
  Counters counters() {
    final Map<Format, Long> macs = new EnumMap<>(Format.class);
    final Map<Format, Long> fixed = new EnumMap<>(Format.class);
    final TreeMap<Integer, Long> sharedReads = new TreeMap<>();
    final boolean shared = chip.shared().isPresent();
    long vector = 0;
    long special = 0;
    long memoryRead = 0;
    long memoryWrite = 0;
    long sharedWrite = 0;
    long portRead = 0;
    long portWrite = 0;
    long local = 0;
    long link = 0;
    AnalogWork analog = AnalogWork.NONE;
    for (int id = 0; id < shapes.size(); id++) {
      final Shape s = shapes.get(id);
      final long n = times[id];
      vector += n * s.vectorOperations;
      special += n * s.specialOperations;
      local += n * s.localBytes;
      switch (s.lane) {
        case Shape.MATRIX -> {
          macs.merge(s.format, n * s.macs, Math::addExact);
          analog = analog.plus(s.analog.times(n));
        }
        case Shape.SCORES, Shape.VALUES -> {
          macs.merge(s.format, n * s.macs, Math::addExact);
          fixed.merge(s.format, n * s.macs, Math::addExact);
        }
        case Shape.LOAD -> {
          portRead += n * s.portBytes;
          memoryRead += n * s.memoryBytes;
          sharedReads.merge(s.multicast, n * s.portBytes, Math::addExact);
          sharedWrite += shared ? n * s.memoryBytes : 0;
        }
        case Shape.STORE -> {
          portWrite += n * s.portBytes;
          memoryWrite += n * s.memoryBytes;
          sharedWrite += n * s.sharedBytes;
        }
        case Shape.SEND -> {
          portWrite += n * s.portBytes;
          portRead += n * s.portBytes;
          link += n * s.outBytes;
        }
        default -> {}
      }
    }
    long sharedRead = 0;
    for (final Map.Entry<Integer, Long> entry : sharedReads.entrySet()) {
      sharedRead += shared ? MatrixLaw.ceilDiv(entry.getValue(), entry.getKey()) : 0;
    }
    return new Counters(
        macs,
        fixed,
        vector,
        special,
        memoryRead,
        memoryWrite,
        sharedRead,
        sharedWrite,
        portRead,
        portWrite,
        local,
        link,
        tasks,
        analog,
        dieBytes,
        hopBytes);
  }
}
