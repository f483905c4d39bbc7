package org.inferchip.mapping;

import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.SharedMemory;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Problem;

/**
 * The rates of a chip that lower bounds of mappings are made of. Times are in picoseconds, as
 * doubles: bounds only order candidates and end the search, they are no results.
 *
 * <p>Cycles of a tile follow the unit's shape: rounded up to the granules of a tensor core, the
 * folds of a systolic array, the lanes of a dot-product unit. They are what the engine's laws
 * charge at least, without latencies.
 */
final class Roofline {
  final Cores cores;

  /** Picoseconds of a cycle. */
  final double cycle;

  /** From the level that holds operands to a core: port, shared and external memory. */
  final double latency;

  private final CoreGroup core;
  private final Chip chip;
  private final double memory;
  private final double shared;

  Roofline(final Chip chip, final Operator operator) {
    this.chip = chip;
    cores = Cores.of(chip, operator);
    core = chip.cores().get(cores.group());
    cycle = Picoseconds.PER_SECOND / chip.clock();
    memory = chip.memory().map(m -> m.bandwidth() * m.efficiency()).orElse(0.0);
    shared = chip.shared().map(SharedMemory::bandwidth).orElse(0.0);
    latency =
        Picoseconds.PER_SECOND
            * (core.port().latency()
                + chip.shared().map(SharedMemory::latency).orElse(0.0)
                + chip.memory().map(ExternalMemory::latency).orElse(0.0));
  }

  /** Arrays of all cores. */
  long arrays() {
    return (long) cores.count() * cores.arrays();
  }

  /** Latency of a short round trip to the nearest shared level. */
  double nearLatency() {
    return Picoseconds.PER_SECOND
        * (core.port().latency() + chip.shared().map(SharedMemory::latency).orElse(0.0));
  }

  /** Time of bytes through external memory, or through shared memory where there is none. */
  double memory(final double bytes) {
    final double rate = memory > 0 ? memory : shared;
    return rate > 0 ? bytes / rate * Picoseconds.PER_SECOND : 0;
  }

  /** Bytes that a cache in front of external memory keeps; 0 without one. */
  double cache() {
    return chip.shared()
        .filter(one -> one.managed() == SharedMemory.Managed.HARDWARE)
        .map(one -> one.capacity() * one.usable())
        .orElse(0.0);
  }

  /** Time of bytes through shared memory. */
  double shared(final double bytes) {
    return shared > 0 ? bytes / shared * Picoseconds.PER_SECOND : 0;
  }

  /** Time of bytes into one core. */
  double portRead(final double bytes) {
    return bytes / core.port().read() * cycle;
  }

  /** Time of bytes out of one core. */
  double portWrite(final double bytes) {
    return bytes / core.port().write() * cycle;
  }

  /** Time of bytes between local memory and a unit of one core. */
  double local(final double bytes) {
    return bytes / core.local().bandwidth() * cycle;
  }

  /** Time of operations and special functions on the vector unit of one core. */
  double vector(final double operations, final double special) {
    return Math.max(operations / core.vector().lanes(), special / core.vector().specialLanes())
        * cycle;
  }

  /** What limits loops with streamed operands; empty if nothing does. */
  Optional<MatrixUnit.Streaming> streaming() {
    return core.matrix() instanceof final MatrixUnit.TensorCore tensor
        ? tensor.streaming()
        : Optional.empty();
  }

  /** Rows, columns and reduction of a tile that wastes nothing of the unit. */
  int granuleN() {
    return core.matrix() instanceof MatrixUnit.Systolic systolic ? systolic.columns() : 16;
  }

  /** Whether tiles lie over a mesh, so that only whole ones use all of it. */
  boolean spreadOut() {
    return core.matrix() instanceof MatrixUnit.Mesh;
  }

  /** Time of a tile on one array; the format is the wider of both inputs. */
  double matrix(final long m, final long n, final long k, final Format format) {
    return cycles(core.matrix(), m, n, k, format) * cycle;
  }

  /** The same of a loop whose operands stream in. */
  double loop(final long m, final long n, final long k, final Format format) {
    final MatrixUnit.TensorCore tensor = (MatrixUnit.TensorCore) core.matrix();
    return tensor
            .streaming()
            .orElseThrow()
            .cycles(cycles(tensor, m, n, k, format), tensor.sustained(), k, format)
        * cycle;
  }

  private double cycles(
      final MatrixUnit unit, final long m, final long n, final long k, final Format format) {
    final int rate = rate(format);
    if (unit instanceof MatrixUnit.TensorCore tensor) {
      final double plane =
          Math.min(
              pad(m, tensor.granuleM()) * pad(n, tensor.granuleN()),
              pad(n, tensor.granuleM()) * pad(m, tensor.granuleN()));
      return plane * k / (rate * tensor.sustained());
    }
    if (unit instanceof MatrixUnit.Mesh mesh) {
      final double wide = up(up(n, mesh.stripe()), mesh.elementMacs().get(format));
      return up(k, mesh.rows()) * (mesh.wakeCycles() + m * wide);
    }
    if (unit instanceof MatrixUnit.DotProduct dot) {
      final double outputs = Math.min(m * up(n, dot.lanes()), n * up(m, dot.lanes()));
      return outputs * up(k, Math.max(1, rate / dot.lanes()));
    }
    return folds((MatrixUnit.Systolic) unit, m, n, k, rate);
  }

  private static double folds(
      final MatrixUnit.Systolic unit, final long m, final long n, final long k, final int rate) {
    final long down = unit.dataflow() == MatrixUnit.Dataflow.OS ? m : k;
    final long across = unit.dataflow() == MatrixUnit.Dataflow.IS ? m : n;
    final long time =
        switch (unit.dataflow()) {
          case WS -> m;
          case IS -> n;
          case OS -> k;
        };
    final boolean full = unit.edgeTiles() == MatrixUnit.EdgeTiles.FULL;
    final double count =
        full
            ? up(down, unit.rows()) * up(across, unit.columns())
            : (double) down / unit.rows() * across / unit.columns();
    final double stream = (double) time * unit.rows() * unit.columns() / rate;
    final int install = unit.weightLoadCycles() > 0 ? unit.weightLoadCycles() : unit.rows();
    final double least = unit.dataflow() == MatrixUnit.Dataflow.OS ? 0 : install;
    return count * (unit.weightBuffers() == 1 ? least + stream : Math.max(least, stream));
  }

  private int rate(final Format format) {
    final int rate = core.matrix().rate(format);
    if (rate == 0) {
      throw new InvalidInputException(
          Problem.ofFile(chip.name(), "the matrix unit has no format " + format.key())
              .but(format.key(), core.matrix().macsPerCycle().keySet().toString()));
    }
    return rate;
  }

  private static double pad(final long size, final int granule) {
    return up(size, granule) * granule;
  }

  private static double up(final double size, final int part) {
    return Math.ceil(size / part);
  }
}
