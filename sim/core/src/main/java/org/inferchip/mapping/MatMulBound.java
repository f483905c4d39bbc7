package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;

/**
 * A time that no program of a mapping of a matrix product beats: max(array, port, shared memory,
 * external memory) + latency.
 *
 * <p>The array's time is that of the busiest array, with the loads of its first step and what
 * follows its last. An array has at least the mean of all work, and at least its share of the full
 * tiles in whole waves; tiles at the edges count with their own rows and columns, and where any
 * tile may be the first or the last, the smallest counts.
 */
final class MatMulBound {
  /** Tiles of one size, and how many there are. */
  private record Tiles(int rows, int cols, long count) {}

  private final MatMul op;
  private final Roofline roofline;
  private final MatMulGrid grid;
  private final MatMulMapping mapping;
  private final Format format;
  private final List<Tiles> tiles = new ArrayList<>();

  MatMulBound(
      final MatMul op,
      final Roofline roofline,
      final MatMulGrid grid,
      final MatMulMapping mapping) {
    this.op = op;
    this.roofline = roofline;
    this.grid = grid;
    this.mapping = mapping;
    format = op.multiplied();
    final int edgeCols = op.n() % grid.tileN;
    for (int group = 0; group < op.groups(); group++) {
      final int rows = grid.groupRows(group);
      add(grid.tileM, rows / grid.tileM, edgeCols);
      add(rows % grid.tileM, 1, edgeCols);
    }
  }

  private void add(final int rows, final long rowTiles, final int edgeCols) {
    if (rows > 0 && rowTiles > 0) {
      if (op.n() >= grid.tileN) {
        tiles.add(new Tiles(rows, grid.tileN, rowTiles * (op.n() / grid.tileN)));
      }
      if (edgeCols > 0) {
        tiles.add(new Tiles(rows, edgeCols, rowTiles));
      }
    }
  }

  double picos() {
    final double depth = (double) op.k() / grid.splits;
    double work = 0;
    double bytes = 0;
    double least = Double.MAX_VALUE;
    double leastDrain = Double.MAX_VALUE;
    double leastLoad = Double.MAX_VALUE;
    long full = 0;
    for (final Tiles some : tiles) {
      final double time = item(some.rows, some.cols, depth);
      work += some.count * grid.splits * time;
      bytes += some.count * grid.splits * operands(some.rows, some.cols) * depth;
      least = Math.min(least, time);
      leastDrain = Math.min(leastDrain, drain(some));
      leastLoad = Math.min(leastLoad, operands(some.rows, some.cols));
      full += some.rows == grid.tileM && some.cols == grid.tileN ? some.count * grid.splits : 0;
    }
    final double shortest = shortestPart();
    final double array =
        Math.max(
            Math.max(work / roofline.arrays(), turns()),
            Math.ceil((double) full / roofline.arrays()) * item(grid.tileM, grid.tileN, shortest));
    final double port =
        Math.max(
            roofline.portRead((bytes + parts()) / roofline.cores.count()),
            Math.ceil((double) full / roofline.cores.count())
                * roofline.portRead(operands(grid.tileM, grid.tileN) * shortest));
    // What follows the last bytes: a step of the loop, then a tile's conversion and store.
    final int lastStep = op.k() - (MatMulGrid.ceil(op.k(), grid.tileK) - 1) * grid.tileK;
    final double end = least * lastStep / depth + leastDrain;
    // Parts go out and come back, after the last of them is done.
    final double turn = grid.splits > 1 ? 2 * roofline.nearLatency() : 0;
    final double first = roofline.portRead(leastLoad * Math.min(grid.tileK, shortest));
    final double memory =
        roofline.memory(op.weight().bytes((long) op.groups() * op.n() * op.k())) + end;
    final double cores =
        Math.max(
            Math.max(array + first + leastDrain, port + end),
            roofline.portWrite(parts() / roofline.cores.count()));
    return Math.max(cores, Math.max(roofline.shared(bytes) + end, memory))
        + turn
        + roofline.latency;
  }

  /** Time of a tile on its array, over so much of the reduction. */
  private double item(final int rows, final int cols, final double depth) {
    final double loop =
        Math.max(
            roofline.matrix(rows, cols, (long) depth, format),
            roofline.local(operands(rows, cols) * depth));
    return loop + (mapping.accumulators() == 1 ? epilogue(rows, cols) : 0);
  }

  /** Bytes of both operands for each element of the reduction. */
  private double operands(final int rows, final int cols) {
    return op.activation().bits() / 8 * rows + op.weight().bits() / 8 * cols;
  }

  /**
   * A slot is filled, waits for its data, is multiplied, and only then filled again: with few slots
   * an array's full tiles cannot go faster than they turn over, but for the first filling.
   */
  private double turns() {
    long steps = 0;
    for (final Tiles some : tiles) {
      if (some.rows == grid.tileM && some.cols == grid.tileN) {
        steps += some.count * (op.k() / grid.tileK);
      }
    }
    final double fillings = Math.floor((double) steps / roofline.arrays() / mapping.stages()) - 1;
    final double turn =
        roofline.nearLatency()
            + roofline.portRead(operands(grid.tileM, grid.tileN) * grid.tileK)
            + roofline.matrix(grid.tileM, grid.tileN, grid.tileK, format);
    return Math.max(0, fillings) * turn;
  }

  private double drain(final Tiles some) {
    return epilogue(some.rows, some.cols) + roofline.portWrite(op.output().bytes(some.rows));
  }

  private double epilogue(final int rows, final int cols) {
    return roofline.vector((double) rows * cols, 0);
  }

  /** Reduction of the shortest part. */
  private double shortestPart() {
    int shortest = op.k();
    for (int part = 0; part < grid.splits; part++) {
      int depth = 0;
      for (int step = grid.firstStep(part); step < grid.firstStep(part + 1); step++) {
        depth += grid.depth(step);
      }
      shortest = Math.min(shortest, depth);
    }
    return shortest;
  }

  /** Bytes of parts that all cores write and read back. */
  private double parts() {
    return grid.splits > 1 ? op.accumulator().bytes((long) grid.splits * op.m() * op.n()) : 0;
  }
}
