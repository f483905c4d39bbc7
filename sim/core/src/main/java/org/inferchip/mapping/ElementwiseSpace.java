package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inferchip.arch.Chip;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.Capacity;
import org.inferchip.program.TensorRef.Home;

/**
 * Mappings of element-wise work: tiles that give each stream one, two or four of them, of whole
 * rows or, where columns are independent, of part of them. Where not even one whole row a stream
 * fits into a core, results are not doubled, and then fewer of a core's arrays have streams.
 *
 * <p>Bound = max(max(port, vector unit) of the busiest core + latency, external memory).
 */
final class ElementwiseSpace {
  private static final int[] ITEMS = {1, 2, 4};
  private static final int[] WIDTHS = {256, 1024, 4096};
  private static final int LONGEST = 16384;
  private static final int DEEPEST = 4;

  private final Elementwise op;
  private final ElementwiseKind kind;
  private final Roofline roofline;
  private final Homes homes;

  ElementwiseSpace(final Elementwise op, final Chip chip) {
    this.op = op;
    kind = ElementwiseKind.of(op);
    roofline = new Roofline(chip, op);
    homes = Homes.of(chip);
  }

  List<Candidate> candidates() {
    final Set<ElementwiseMapping> tiles = new LinkedHashSet<>();
    for (final int cols : widths()) {
      addTiles(cols, tiles);
    }
    if (tiles.isEmpty() && !kind.wholeRows()) {
      // The widest rows do not fit a small core: then narrower tiles than many rows would ask for.
      for (final int width : WIDTHS) {
        addTiles(granular(width), tiles);
      }
    }
    if (tiles.isEmpty() && kind.wholeRows()) {
      addTight(tiles);
    }
    final List<Candidate> candidates = new ArrayList<>();
    for (final ElementwiseMapping mapping : tiles) {
      candidates.add(new Candidate(mapping, (long) bound(mapping), 3 * tiles(mapping)));
    }
    return candidates;
  }

  private void addTiles(final int cols, final Set<ElementwiseMapping> tiles) {
    final int columns = kind.sums() || !searches() ? MatMulGrid.ceil(op.cols(), cols) : 1;
    int least = op.rows();
    boolean fits = false;
    for (final int items : ITEMS) {
      final long tilesOfColumn = Math.max(1, roofline.arrays() * items / columns);
      least = (int) Math.max(1, (op.rows() + tilesOfColumn - 1) / tilesOfColumn);
      fits |= addDeepest(least, cols, tiles);
    }
    // Of many short rows so few tiles are too high; single rows would each wait for the memory.
    while (!fits && least > 2) {
      least /= 2;
      fits = addDeepest(least, cols, tiles);
    }
    addDeepest(1, cols, tiles);
  }

  /** Single rows with less at once in a core, for each number of its arrays that have streams. */
  private void addTight(final Set<ElementwiseMapping> tiles) {
    addDeepest(1, op.cols(), 1, Integer.MAX_VALUE, tiles);
    for (int arrays = roofline.cores.arrays() / 2; arrays >= 1; arrays /= 2) {
      addDeepest(1, op.cols(), ElementwiseMapping.RESULTS, arrays, tiles);
      addDeepest(1, op.cols(), 1, arrays, tiles);
    }
  }

  private boolean searches() {
    return op.kind() == Elementwise.Kind.ARGMAX;
  }

  private Set<Integer> widths() {
    final Set<Integer> widths = new LinkedHashSet<>();
    if (!kind.wholeRows()) {
      for (final int width : WIDTHS) {
        // Tiles narrower than the next width would give every array several anyway.
        if ((long) op.rows() * op.cols() / (4 * width) >= 4 * roofline.arrays()) {
          continue;
        }
        widths.add(granular(width));
      }
    }
    if (kind.wholeRows() || op.cols() <= 4 * WIDTHS[WIDTHS.length - 1] || widths.isEmpty()) {
      widths.add(Math.min(op.cols(), kind.wholeRows() ? op.cols() : LONGEST));
    }
    return widths;
  }

  /** The most columns up to a width that are whole granules. */
  private int granular(final int width) {
    return Math.min(op.cols(), Math.max(1, width / kind.granule()) * kind.granule());
  }

  private boolean addDeepest(final int rows, final int cols, final Set<ElementwiseMapping> to) {
    return addDeepest(rows, cols, ElementwiseMapping.RESULTS, Integer.MAX_VALUE, to);
  }

  /** Adds the mapping with the deepest buffers that fit; whether any do. */
  private boolean addDeepest(
      final int rows,
      final int cols,
      final int results,
      final int arrays,
      final Set<ElementwiseMapping> to) {
    for (int stages = DEEPEST; stages >= 1; stages--) {
      final ElementwiseMapping mapping =
          new ElementwiseMapping(rows, cols, stages, 1, results, arrays);
      final ElementwiseParts parts = new ElementwiseParts(op, mapping, cols, homes);
      if (Capacity.fits(parts.buffers, perCore(mapping), roofline.cores.local())) {
        to.add(mapping);
        return true;
      }
    }
    return false;
  }

  private long tiles(final ElementwiseMapping mapping) {
    final int columns = searches() ? 1 : MatMulGrid.ceil(op.cols(), mapping.cols());
    return (long) MatMulGrid.ceil(op.rows(), mapping.rows()) * columns;
  }

  private int perCore(final ElementwiseMapping mapping) {
    final Cores cores = roofline.cores.using(mapping.arrays());
    return Math.min(cores.arrays(), cores.streams(1, tiles(mapping)));
  }

  private double bound(final ElementwiseMapping mapping) {
    final double share = share(mapping);
    final double read = op.compulsoryReadBytes();
    final double write = op.compulsoryWriteBytes();
    final double elements = (double) op.rows() * op.cols() * kind.steps();
    final double vector =
        roofline.vector(
            elements * op.kind().operationsPerColumn() * share,
            elements * op.kind().specialPerColumn() * share);
    final double port =
        Math.max(roofline.portRead(read * share), roofline.portWrite(write * share));
    // Loads wait for the way to memory, but stores of others keep memory busy while they do.
    return Math.max(Math.max(port, vector) + roofline.nearLatency(), memory(read, write));
  }

  /** Least part of the work on the busiest core: the mean, or its whole tiles in whole waves. */
  private double share(final ElementwiseMapping mapping) {
    final int cores = roofline.cores.count();
    final int cols = Math.min(op.cols(), mapping.cols());
    final double whole = (double) (op.rows() / mapping.rows()) * (op.cols() / cols);
    final double each = (double) mapping.rows() * cols / ((double) op.rows() * op.cols());
    final double mean = 1.0 / Math.max(1, Math.min(cores, tiles(mapping)));
    return Math.max(mean, Math.ceil(whole / cores) * each);
  }

  /** Time of what does not stay on the chip; of two tensors each may stay where both would not. */
  private double memory(final double read, final double write) {
    double bytes = 0;
    if (homes.read((long) read / 2, 0) == Home.MEMORY) {
      bytes += read;
    }
    if (homes.written((long) write / 2, (long) read / 2) == Home.MEMORY) {
      bytes += write;
    }
    return roofline.memory(bytes);
  }
}
