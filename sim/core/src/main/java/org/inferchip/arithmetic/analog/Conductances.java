package org.inferchip.arithmetic.analog;

import org.inferchip.arch.AnalogCell;
import org.inferchip.arch.CellDrift;
import org.inferchip.arch.CellNoise;

/**
 * Conductances of the cells of a crossbar, by slice and polarity, in units of the largest. Row i of
 * column j is at i x columns + j.
 *
 * <p>Order: target of the weight, levels of the cell, programming error, drift. Targets of whole
 * weights are rounded to binary32 and their levels taken in binary32, as CrossSim stores them;
 * slices are exact.
 */
final class Conductances {
  final int rows;
  final int columns;

  /** By slice, lowest bits first. */
  final double[][] plus;

  final double[][] minus;

  /** What outputs are multiplied with for the drift of all cells. */
  double compensation = 1;

  Conductances(final int rows, final int columns, final double[][] plus, final double[][] minus) {
    this.rows = rows;
    this.columns = columns;
    this.plus = plus;
    this.minus = minus;
  }

  /** Programs weights of -1 to 1. */
  static Conductances program(
      final AnalogCell cell,
      final double[] weights,
      final int rows,
      final int columns,
      final CellRandom random) {
    final Conductances made = targets(cell, weights, rows, columns);
    for (int s = 0; s < cell.slices(); s++) {
      final int part = 2 * s;
      cell.programming().ifPresent(noise -> made.add(noise, cell, part, random));
    }
    cell.drift().ifPresent(drift -> made.drift(drift, random));
    return made;
  }

  /** What programming aims at, in levels of the cells. */
  static Conductances targets(
      final AnalogCell cell, final double[] weights, final int rows, final int columns) {
    final Conductances made =
        new Conductances(
            rows,
            columns,
            new double[cell.slices()][weights.length],
            new double[cell.slices()][weights.length]);
    if (cell.slices() > 1) {
      made.targetSlices(cell, weights);
    } else {
      made.target(cell, weights);
    }
    return made;
  }

  private void target(final AnalogCell cell, final double[] weights) {
    final double least = cell.least();
    final double range = 1 - least;
    final double resolved = cell.bits() > 0 ? StrictMath.pow(2, -(cell.bits() + 1)) : 0;
    for (int i = 0; i < weights.length; i++) {
      final double w = weights[i];
      final double up;
      final double down;
      if (cell.pair() == AnalogCell.Pair.TWO_SIDED) {
        up = least + range * (1 + w) / 2;
        down = least + range * (1 - w) / 2;
      } else {
        up = w >= resolved ? least + range * w : least;
        down = w < -resolved ? least - range * w : least;
      }
      plus[0][i] = level(cell, (float) up);
      minus[0][i] = level(cell, (float) down);
    }
  }

  /** The nearest level of a cell, in binary32 throughout. */
  private static float level(final AnalogCell cell, final float target) {
    if (cell.bits() == 0) {
      return target;
    }
    final float least = (float) cell.least();
    final float levels = (float) ((StrictMath.pow(2, cell.bits()) - 1) / (1 - cell.least()));
    return (float) Math.rint((target - least) * levels) / levels + least;
  }

  private static double level(final AnalogCell cell, final double target) {
    if (cell.bits() == 0) {
      return target;
    }
    final double levels = (StrictMath.pow(2, cell.bits()) - 1) / (1 - cell.least());
    return Math.rint((target - cell.least()) * levels) / levels + cell.least();
  }

  private void targetSlices(final AnalogCell cell, final double[] weights) {
    final double base = StrictMath.pow(2, cell.sliceBits());
    final double most = StrictMath.pow(2, cell.weightBits() - 1.0) - 1;
    final boolean both = cell.pair() == AnalogCell.Pair.TWO_SIDED;
    for (int i = 0; i < weights.length; i++) {
      final double whole = Math.rint(weights[i] * most);
      double rest = Math.abs(whole);
      for (int s = 0; s < plus.length; s++) {
        // The highest slice takes what is left.
        final double digit = s == plus.length - 1 ? rest : rest % base;
        rest = (rest - digit) / base;
        final double value = digit * Math.signum(whole) / (base - 1);
        final double up = both ? (1 + value) / 2 : Math.max(0, value);
        final double down = both ? (1 - value) / 2 : Math.max(0, -value);
        plus[s][i] = level(cell, cell.least() + (1 - cell.least()) * up);
        minus[s][i] = level(cell, cell.least() + (1 - cell.least()) * down);
      }
    }
  }

  private void add(
      final CellNoise noise, final AnalogCell cell, final int part, final CellRandom random) {
    final CellRandom.Use use = CellRandom.Use.PROGRAMMING;
    disturb(plus[part / 2], plus[part / 2], noise, cell, random, use, part, 0);
    disturb(minus[part / 2], minus[part / 2], noise, cell, random, use, part + 1, 0);
  }

  /** One polarity of a slice as a read finds it. */
  static void disturb(
      final double[] from,
      final double[] to,
      final CellNoise noise,
      final AnalogCell cell,
      final CellRandom random,
      final CellRandom.Use use,
      final int part,
      final int draw) {
    final boolean uniform = noise.distribution() == CellNoise.Distribution.UNIFORM;
    for (int i = 0; i < from.length; i++) {
      final double error =
          uniform ? random.uniform(use, part, draw, i) - 0.5 : random.normal(use, part, draw, i);
      final double value = from[i] + CellErrors.scale(noise, cell, from[i]) * error;
      to[i] = noise.positive() ? Math.max(0, value) : value;
    }
  }

  private void drift(final CellDrift drift, final CellRandom random) {
    double before = 0;
    double after = 0;
    for (int part = 0; part < 2 * plus.length; part++) {
      final double[] cells = part % 2 == 0 ? plus[part / 2] : minus[part / 2];
      for (int i = 0; i < cells.length; i++) {
        before += Math.abs(cells[i]);
        final double off = random.normal(CellRandom.Use.DRIFT, part, 0, i);
        cells[i] *= CellErrors.drifted(drift, Math.abs(cells[i]), off);
        after += Math.abs(cells[i]);
      }
    }
    compensation = drift.compensated() && after > 0 ? before / after : 1;
  }
}
