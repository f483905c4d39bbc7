package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Buffer;
import org.inferchip.program.Capacity;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Problem;

/**
 * Mappings of a product whose weights stand in analog arrays: a tile of W for each array, every
 * reduction longer than the rows of an array split, and so many rows of A at a time as the core's
 * memory takes.
 *
 * <p>Bound = all vectors through an array one after the other.
 */
final class AnalogSpace {
  private static final int DEEPEST = 4;
  private static final int MOST_ROWS = 256;

  private final MatMul op;
  private final Chip chip;
  private final Cores cores;
  private final MatrixUnit.Analog unit;
  private final Format format;

  AnalogSpace(final MatMul op, final Chip chip, final Cores cores, final MatrixUnit.Analog unit) {
    this.op = op;
    this.chip = chip;
    this.cores = cores;
    this.unit = unit;
    format = op.multiplied();
    if (!unit.macsPerCycle().containsKey(format)) {
      throw new InvalidInputException(
          Problem.ofFile(
                  chip.name(),
                  "the arrays are analog and not set to emulate this format (matrix.emulates)")
              .but(format.key(), unit.macsPerCycle().keySet().toString()));
    }
  }

  List<Candidate> candidates() {
    final List<Candidate> candidates = new ArrayList<>();
    final int tallest = op.groupRows().stream().mapToInt(Integer::intValue).max().orElseThrow();
    final int columns = Math.toIntExact((long) unit.columns() * unit.cell().slices());
    final double period = unit.readout().period(unit.converters(), columns);
    for (int tileM = Math.min(tallest, MOST_ROWS); tileM >= 1; tileM /= 2) {
      final MatMulMapping mapping = deepest(tileM);
      if (mapping != null) {
        final MatMulGrid grid = new MatMulGrid(op, mapping);
        require(grid);
        final double busy =
            (double) tallest * unit.passes(format) * period * Picoseconds.PER_SECOND;
        candidates.add(new Candidate(mapping, (long) busy, 6L * grid.work()));
      }
    }
    return candidates;
  }

  private MatMulMapping deepest(final int tileM) {
    for (int stages = DEEPEST; stages >= 1; stages--) {
      for (int sums = 2; sums >= 1; sums--) {
        final MatMulMapping mapping = mapping(tileM, stages, sums);
        final MatMulGrid grid = new MatMulGrid(op, mapping);
        final int streams = new ResidentDeal(grid).streams();
        final int perCore = Math.min(cores.arrays(), MatMulGrid.ceil(streams, cores.count()));
        final List<Buffer> buffers =
            new MatMulParts(
                    grid, mapping, MatMulReduction.rows(grid, streams), Homes.of(chip).inCells())
                .buffers;
        if (Capacity.fits(buffers, perCore, cores.local())) {
          return mapping;
        }
      }
    }
    return null;
  }

  private MatMulMapping mapping(final int tileM, final int stages, final int sums) {
    final int parts = MatMulGrid.ceil(op.k(), unit.rows());
    return new MatMulMapping(tileM, unit.columns(), unit.rows(), parts, stages, 1, 1, 1, sums);
  }

  /** Refuses tiles that an array cannot hold, and more of them than there are arrays. */
  void require(final MatMulGrid grid) {
    final boolean fits = grid.tileN <= unit.columns() && grid.tileK <= unit.rows();
    if (!fits || grid.splits < MatMulGrid.ceil(op.k(), grid.tileK)) {
      throw new IllegalArgumentException(
          "an array holds "
              + unit.rows()
              + " x "
              + unit.columns()
              + " weights, and a tile of the reduction stays in its own");
    }
    final long needed = (long) new ResidentDeal(grid).streams() * unit.copies(format);
    final long there = (long) cores.count() * cores.arrays();
    if (needed > there) {
      throw new InvalidInputException(
          Problem.ofFile(chip.name(), "the weights of " + op.name() + " do not fit its arrays")
              .but(
                  needed + " arrays of " + unit.rows() + " x " + unit.columns() + " weights",
                  "at most " + there + "; " + ((needed - 1) / there + 1) + " chips"));
    }
  }
}
