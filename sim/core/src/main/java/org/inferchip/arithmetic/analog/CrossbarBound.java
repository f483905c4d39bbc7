package org.inferchip.arithmetic.analog;

import org.inferchip.arch.AnalogCell;
import org.inferchip.arch.AnalogConverters;
import org.inferchip.arch.CellDrift;

/**
 * Bounds of what a crossbar's product may be off, before its cells are programmed or read.
 *
 * <p>Off by: half a level of every input; half a level of every cell (and half a unit of a sliced
 * weight); for each conversion half a step, what lies beyond the converter's range, what wires and
 * mean drift change, and {@value #DEVIATIONS} standard deviations of the errors of programming,
 * drift and reading together, which chance exceeds once in 10^15 columns. A compensated drift is
 * allowed {@value #COMPENSATION} of the current for cells of other columns in its mean.
 */
public final class CrossbarBound {
  private static final double DEVIATIONS = 8;
  private static final double COMPENSATION = 0.05;

  private final AnalogCell cell;
  private final AnalogConverters converters;
  private final double[] weights;
  private final int rows;
  private final int columns;
  private final double[][] ideal;
  private final double[][] aged;
  private final double[][] variances;
  private final Conductances means;
  private final double weightError;

  /**
   * Bounds of a crossbar, or of some columns of it.
   *
   * @param weights -1 to 1, row after row
   */
  public CrossbarBound(
      final AnalogCell cell,
      final AnalogConverters converters,
      final double[] weights,
      final int rows,
      final int columns) {
    this.cell = cell;
    this.converters = converters;
    this.weights = weights;
    this.rows = rows;
    this.columns = columns;
    final Conductances targets = Conductances.targets(cell, weights, rows, columns);
    means = Conductances.targets(cell, weights, rows, columns);
    cell.drift().ifPresent(this::age);
    ideal = pairs(targets);
    aged = pairs(means);
    variances = variances(targets);
    weightError = weightError(cell);
  }

  private void age(final CellDrift drift) {
    double before = 0;
    double after = 0;
    for (int part = 0; part < 2 * cell.slices(); part++) {
      final double[] g = part % 2 == 0 ? means.plus[part / 2] : means.minus[part / 2];
      for (int i = 0; i < g.length; i++) {
        before += g[i];
        g[i] *= CellErrors.drifted(drift, g[i], 0);
        after += g[i];
      }
    }
    means.compensation = drift.compensated() && after > 0 ? before / after : 1;
  }

  private double[][] pairs(final Conductances of) {
    final double[][] all = new double[cell.slices()][rows * columns];
    for (int s = 0; s < all.length; s++) {
      for (int i = 0; i < all[s].length; i++) {
        all[s][i] = of.plus[s][i] - of.minus[s][i];
      }
    }
    return all;
  }

  private double[][] variances(final Conductances targets) {
    final double[][] all = new double[cell.slices()][rows * columns];
    for (int s = 0; s < all.length; s++) {
      for (int i = 0; i < all[s].length; i++) {
        all[s][i] = variance(targets.plus[s][i]) + variance(targets.minus[s][i]);
      }
    }
    return all;
  }

  private double variance(final double g) {
    final double share = cell.drift().map(drift -> CellErrors.drifted(drift, g, 0)).orElse(1.0);
    final double programmed =
        share * cell.programming().map(n -> CellErrors.deviation(n, cell, g)).orElse(0.0);
    final double read = cell.reading().map(n -> CellErrors.deviation(n, cell, g)).orElse(0.0);
    final double drifting =
        cell.drift()
            .map(
                drift ->
                    g
                        * share
                        * drift.deviation().at(g)
                        * StrictMath.log(1 + drift.age() / drift.reference()))
            .orElse(0.0);
    return programmed * programmed + read * read + drifting * drifting;
  }

  /** Largest error of a weight in its cells' levels. */
  private static double weightError(final AnalogCell cell) {
    final double level = cell.bits() > 0 ? 0.5 / (StrictMath.pow(2, cell.bits()) - 1) : 0x1p-22;
    if (cell.slices() == 1) {
      return 2 * level;
    }
    final double most = StrictMath.pow(2, cell.weightBits() - 1.0) - 1;
    final double base = StrictMath.pow(2, cell.sliceBits());
    final boolean exact = cell.bits() == 0 || cell.bits() == cell.sliceBits();
    double levels = 0;
    for (int s = 0; s < cell.slices(); s++) {
      levels += exact ? 1e-14 : StrictMath.pow(base, s) * (base - 1) / most * 2 * level;
    }
    return 0.5 / most + levels;
  }

  /** The bound of each column's product with a vector of -1 to 1. */
  public double[] of(final double[] x) {
    final double[][] levels = Inputs.of(converters, x);
    final double[] bound = quantised(x);
    final double share = converters.inputSlice().map(b -> StrictMath.pow(2, b)).orElse(1.0);
    final double base = cell.slices() > 1 ? StrictMath.pow(2, cell.sliceBits()) : 1;
    final double most = StrictMath.pow(2, cell.weightBits() - 1.0) - 1;
    final double scale = (cell.slices() > 1 ? (base - 1) / most : 1) / (1 - cell.least());
    for (int s = 0; s < cell.slices(); s++) {
      final Converter output = Converter.output(converters, cell, rows, s);
      final double factor = scale * StrictMath.pow(base, s) * Inputs.scale(converters);
      for (int i = 0; i < levels.length; i++) {
        final double weight = factor * StrictMath.pow(share, i - levels.length);
        read(s, levels[i], converters.eachInputSlice() ? 1 : levels.length, weight, output, bound);
      }
    }
    return bound;
  }

  private double[] quantised(final double[] x) {
    final double input =
        converters.inputBits() == 0
            ? 0
            : 0.5 / (StrictMath.pow(2, converters.inputBits() - 1.0) - 1);
    final double[] bound = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        bound[j] +=
            input * (Math.abs(weights[i * columns + j]) + weightError)
                + weightError * Math.abs(x[i]);
      }
    }
    return bound;
  }

  /** Adds what one read of a slice may be off; {@code shared} reads have one conversion. */
  private void read(
      final int slice,
      final double[] levels,
      final int shared,
      final double weight,
      final Converter output,
      final double[] bound) {
    final double[] real = wired(slice, levels);
    final double compensation = means.compensation;
    final double slack = cell.drift().isPresent() ? COMPENSATION : 1e-12;
    for (int j = 0; j < columns; j++) {
      double current = 0;
      double variance = 0;
      for (int i = 0; i < rows; i++) {
        final int at = i * columns + j;
        current += ideal[slice][at] * levels[i];
        variance += variances[slice][at] * levels[i] * levels[i];
      }
      final double random = DEVIATIONS * StrictMath.sqrt(variance);
      final double largest = Math.abs(real[j]) + random;
      // Charges of several reads share one conversion: each may bring its part of the overflow.
      final double clipped = Math.max(0, largest * (shared > 1 ? 2 : 1) - output.most());
      final double off =
          Math.abs(real[j] * compensation - current)
              + slack * Math.abs(real[j])
              + compensation * (random + clipped + output.step() / 2);
      bound[j] += weight * off;
    }
  }

  private double[] wired(final int slice, final double[] levels) {
    final double in = cell.inputWire().orElse(0.0) / cell.lowResistance();
    final double out = cell.outputWire().orElse(0.0) / cell.lowResistance();
    final double[] current = new double[columns];
    if (in + out > 0) {
      final WireNetwork wires = new WireNetwork(rows, columns, in, out);
      final double[] up = wires.currents(means.plus[slice], levels);
      final double[] down = wires.currents(means.minus[slice], levels);
      for (int j = 0; j < columns; j++) {
        current[j] = up[j] - down[j];
      }
      return current;
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        current[j] += aged[slice][i * columns + j] * levels[i];
      }
    }
    return current;
  }
}
