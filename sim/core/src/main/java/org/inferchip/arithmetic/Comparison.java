package org.inferchip.arithmetic;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.numerics.ErrorBounds;
import org.inferchip.numerics.Format;
import org.inferchip.numerics.Minifloat;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef.Role;

/** Compares stored results with a reference, rectangle by rectangle, and sums up the errors. */
final class Comparison {
  private static final int BLOCK_ROWS = 512;
  private static final int BLOCK_COLS = 2048;
  private static final int MOST_FAULTS = 8;

  private final Reference reference;
  private final TensorStore store;
  private final List<String> faults = new ArrayList<>();
  private long elements;
  private double squares;
  private double errors;
  private double formatErrors;
  private double bounds;
  private double worst;

  Comparison(final Reference reference, final TensorStore store) {
    this.reference = reference;
    this.store = store;
  }

  /** Adds what else is wrong. */
  void fault(final String words) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(words);
    }
  }

  /** Compares a rectangle, cut so that memory stays small. */
  void compare(final OutputRegion region) {
    for (int r = 0; r < region.rows(); r += BLOCK_ROWS) {
      for (int c = 0; c < region.cols(); c += BLOCK_COLS) {
        block(
            new OutputRegion(
                region.role(),
                region.row() + r,
                region.col() + c,
                Math.min(BLOCK_ROWS, region.rows() - r),
                Math.min(BLOCK_COLS, region.cols() - c),
                region.index()));
      }
    }
  }

  private void block(final OutputRegion block) {
    final double[][] value = new double[block.rows()][block.cols()];
    final double[][] bound = new double[block.rows()][block.cols()];
    final double[][] exact = new double[block.rows()][block.cols()];
    reference.compute(block, false, value, bound);
    reference.compute(block, true, exact, new double[block.rows()][block.cols()]);
    final Tensor result = store.get(block.role());
    final float[] actual = new float[block.cols()];
    final float[] index = new float[1];
    for (int r = 0; r < block.rows(); r++) {
      long row = block.row() + r;
      if (block.index() != Task.NONE) {
        store.get(Role.INDEX).read(row, 0, 1, index, 0);
        row = (long) index[0];
      }
      result.read(row, block.col(), block.cols(), actual, 0);
      for (int c = 0; c < block.cols(); c++) {
        if (!Double.isNaN(value[r][c])) {
          element(block, r, c, actual[c], value[r][c], bound[r][c], exact[r][c], result.format());
        }
      }
    }
  }

  private void element(
      final OutputRegion block,
      final int row,
      final int col,
      final float actual,
      final double value,
      final double bound,
      final double exact,
      final Format format) {
    final double expected = saturated(value, format);
    final double most = bound + rounding(expected, bound, format);
    final double error = actual == expected ? 0 : Math.abs(actual - expected);
    elements++;
    squares += expected * expected;
    errors += error * error;
    bounds += most * most;
    formatErrors += (actual - exact) * (actual - exact);
    if (error > 0) {
      worst = Math.max(worst, error / most);
    }
    if (!(error <= most)) {
      worst = Math.max(worst, Double.isNaN(error) ? Double.POSITIVE_INFINITY : worst);
      fault(
          block.role()
              + " row "
              + (block.row() + row)
              + " column "
              + (block.col() + col)
              + " is "
              + actual
              + ", expected "
              + expected
              + " within "
              + most);
    }
  }

  private static double saturated(final double value, final Format format) {
    return switch (format) {
      case FP8_E4M3, FP8_E5M2 -> {
        final double max = Minifloat.of(format).maxFinite();
        yield Math.max(-max, Math.min(max, value));
      }
      default -> value;
    };
  }

  /** What rounding the result to its format may add, and once more to fp32 before that. */
  private static double rounding(final double value, final double bound, final Format format) {
    return switch (format) {
      case INT8, INT4, INT32 -> 0;
      default ->
          (ErrorBounds.unitRoundoff(format) + ErrorBounds.unitRoundoff(Format.FP32))
                  * (Math.abs(value) + bound)
              + ErrorBounds.underflow(format);
    };
  }

  OperatorReport report(final String name, final Format format, final long tiles) {
    return new OperatorReport(
        name,
        format,
        elements,
        tiles,
        relative(errors),
        relative(formatErrors),
        relative(bounds),
        worst,
        faults);
  }

  private double relative(final double sum) {
    return sum == 0 ? 0 : Math.sqrt(sum / squares);
  }
}
