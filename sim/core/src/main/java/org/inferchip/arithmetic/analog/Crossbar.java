package org.inferchip.arithmetic.analog;

import org.inferchip.arch.AnalogCell;
import org.inferchip.arch.AnalogConverters;
import org.inferchip.arch.CellNoise;

/**
 * One crossbar with programmed weights, and its products with vectors, in this order: inputs to
 * levels (or slices of bits), errors of reading, voltage lost in wires, currents of columns summed,
 * pairs subtracted, conversion, shift and add over slices of inputs and of weights.
 *
 * <p>Weights and inputs are within -1 to 1; an output is their product in the same units, that is,
 * over the range of conductances. Not thread-safe: it has scratch memory.
 */
public final class Crossbar {
  private final AnalogCell cell;
  private final AnalogConverters converters;
  private final Conductances cells;
  private final CellRandom random;
  private final Converter[] outputs;
  private final double inputScale;
  private final WireNetwork wires;
  private final double[] noisy;

  /** Pairs subtracted, by slice; null where wires or reads tell the two apart. */
  private final double[][] pairs;

  /** Variances of a read of a pair, by slice; null where there are none or they do not add. */
  private final double[][] variances;

  private Crossbar(
      final AnalogCell cell,
      final AnalogConverters converters,
      final Conductances cells,
      final CellRandom random) {
    this.cell = cell;
    this.converters = converters;
    this.cells = cells;
    this.random = random;
    outputs = new Converter[cell.slices()];
    for (int s = 0; s < outputs.length; s++) {
      outputs[s] = Converter.output(converters, cell, cells.rows, s);
    }
    inputScale = Inputs.scale(converters);
    final double in = cell.inputWire().orElse(0.0) / cell.lowResistance();
    final double out = cell.outputWire().orElse(0.0) / cell.lowResistance();
    wires = in + out > 0 ? new WireNetwork(cells.rows, cells.columns, in, out) : null;
    final boolean adds = wires == null && cell.reading().map(Crossbar::adds).orElse(false);
    variances = adds ? variances(cell, cells) : null;
    final boolean each = cell.reading().isPresent() && !adds;
    noisy = each ? new double[cells.rows * cells.columns] : null;
    pairs = wires == null && noisy == null ? pairs(cells) : null;
  }

  /**
   * Programs a crossbar.
   *
   * @param weights -1 to 1, row after row; a row is an input, a column an output
   * @param random of its cells
   */
  public static Crossbar program(
      final AnalogCell cell,
      final AnalogConverters converters,
      final double[] weights,
      final int rows,
      final int columns,
      final CellRandom random) {
    return new Crossbar(
        cell, converters, Conductances.program(cell, weights, rows, columns, random), random);
  }

  /**
   * A crossbar whose conductances are known, after programming.
   *
   * @param plus by slice, in units of the largest
   * @param minus of the other polarity
   */
  public static Crossbar of(
      final AnalogCell cell,
      final AnalogConverters converters,
      final double[][] plus,
      final double[][] minus,
      final int rows,
      final int columns,
      final CellRandom random) {
    return new Crossbar(cell, converters, new Conductances(rows, columns, plus, minus), random);
  }

  /** Whether errors of a column's cells add up to a normal one: a sum of normal numbers. */
  private static boolean adds(final CellNoise noise) {
    return noise.distribution() == CellNoise.Distribution.NORMAL && !noise.positive();
  }

  private static double[][] variances(final AnalogCell cell, final Conductances cells) {
    final CellNoise noise = cell.reading().orElseThrow();
    final double[][] all = new double[cells.plus.length][cells.rows * cells.columns];
    for (int s = 0; s < all.length; s++) {
      for (int i = 0; i < all[s].length; i++) {
        final double up = CellErrors.deviation(noise, cell, cells.plus[s][i]);
        final double down = CellErrors.deviation(noise, cell, cells.minus[s][i]);
        all[s][i] = up * up + down * down;
      }
    }
    return all;
  }

  /** Differences; of two binary32 numbers in binary32, as CrossSim takes them. */
  private static double[][] pairs(final Conductances cells) {
    final double[][] all = new double[cells.plus.length][cells.rows * cells.columns];
    for (int s = 0; s < all.length; s++) {
      for (int i = 0; i < all[s].length; i++) {
        final double up = cells.plus[s][i];
        final double down = cells.minus[s][i];
        final boolean single = (float) up == up && (float) down == down;
        all[s][i] = single ? (float) up - (float) down : up - down;
      }
    }
    return all;
  }

  /** Conductances of the positive cells of a slice, in units of the largest. */
  public double[] plus(final int slice) {
    return cells.plus[slice].clone();
  }

  /** Conductances of the negative cells of a slice. */
  public double[] minus(final int slice) {
    return cells.minus[slice].clone();
  }

  /**
   * The product with a vector.
   *
   * @param x one value a row
   * @param draw number of the read: errors of reading are those of this draw
   * @return one value a column
   */
  public double[] multiply(final double[] x, final int draw) {
    final double[][] levels = Inputs.of(converters, x);
    final double share = converters.inputSlice().map(bits -> StrictMath.pow(2, bits)).orElse(1.0);
    final double[] result = new double[cells.columns];
    final double base = cell.slices() > 1 ? StrictMath.pow(2, cell.sliceBits()) : 1;
    double weight = 1;
    for (int s = 0; s < cell.slices(); s++) {
      final double[] sum = new double[cells.columns];
      for (int i = 0; i < levels.length; i++) {
        final double[] current = currents(s, levels[i], draw * levels.length + i);
        if (converters.eachInputSlice()) {
          outputs[s].convert(current);
        }
        for (int j = 0; j < sum.length; j++) {
          sum[j] = (sum[j] + current[j]) / share;
        }
      }
      for (int j = 0; j < sum.length; j++) {
        final double scaled = sum[j] * inputScale;
        final double read = converters.eachInputSlice() ? scaled : outputs[s].convert(scaled);
        result[j] += weight * (read / (1 - cell.least()));
      }
      weight *= base;
    }
    final double most = StrictMath.pow(2, cell.weightBits() - 1.0) - 1;
    final double scale = (cell.slices() > 1 ? (base - 1) / most : 1) * cells.compensation;
    for (int j = 0; j < result.length; j++) {
      result[j] *= scale;
    }
    return result;
  }

  /** Currents of a slice's columns, negative cells subtracted. */
  private double[] currents(final int slice, final double[] levels, final int draw) {
    if (pairs != null) {
      final double[] current = sums(pairs[slice], levels);
      if (variances != null) {
        read(current, slice, levels, draw);
      }
      return current;
    }
    final double[] up = polarity(cells.plus[slice], 2 * slice, levels, draw);
    final double[] down = polarity(cells.minus[slice], 2 * slice + 1, levels, draw);
    for (int j = 0; j < up.length; j++) {
      up[j] -= down[j];
    }
    return up;
  }

  private void read(
      final double[] current, final int slice, final double[] levels, final int draw) {
    final double[] squares = new double[levels.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = levels[i] * levels[i];
    }
    final double[] variance = sums(variances[slice], squares);
    for (int j = 0; j < current.length; j++) {
      current[j] +=
          StrictMath.sqrt(variance[j]) * random.normal(CellRandom.Use.READING, 2 * slice, draw, j);
    }
  }

  private double[] polarity(
      final double[] conductances, final int part, final double[] levels, final int draw) {
    double[] read = conductances;
    if (noisy != null) {
      final CellNoise noise = cell.reading().orElseThrow();
      Conductances.disturb(
          conductances, noisy, noise, cell, random, CellRandom.Use.READING, part, draw);
      read = noisy;
    }
    if (wires != null) {
      return wires.currents(read, levels);
    }
    return sums(read, levels);
  }

  private double[] sums(final double[] conductances, final double[] levels) {
    final double[] sum = new double[cells.columns];
    for (int i = 0; i < cells.rows; i++) {
      final double x = levels[i];
      final int at = i * cells.columns;
      for (int j = 0; j < sum.length; j++) {
        sum[j] += conductances[at + j] * x;
      }
    }
    return sum;
  }
}
