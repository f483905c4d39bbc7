package org.inferchip.arithmetic;

import java.util.Map;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arithmetic.analog.CellRandom;
import org.inferchip.arithmetic.analog.Crossbar;
import org.inferchip.program.Task;
import org.inferchip.units.Recent;

/**
 * Matrix tasks on analog arrays. The digital side scales: every column of weights by its largest
 * (fixed when the array is programmed), every vector by its largest when it is applied. Sums behind
 * the converters are binary32.
 *
 * <p>Errors of cells follow from the seed and the place of the tile in W, errors of reads from the
 * row of A too, so that no order of tasks changes them.
 */
final class AnalogArithmetic {
  /** Programmed arrays that are remembered: tiles of one stream come one after the other. */
  private static final int REMEMBERED = 4;

  private final MatrixUnit.Analog unit;
  private final long seed;
  private final Map<Long, Programmed> known = new Recent<>(REMEMBERED);

  AnalogArithmetic(final MatrixUnit.Analog unit, final long seed) {
    this.unit = unit;
    this.seed = seed;
  }

  private record Programmed(Crossbar array, double[] scales) {}

  /** One step of an accumulation. */
  void multiply(final Task task, final Slot a, final Slot b, final Slot sum) {
    if (task.k > unit.rows() || task.n > unit.columns()) {
      throw new ScheduleFault(task.k + " x " + task.n + " weights do not fit an array");
    }
    final long place = (long) b.row << 32 | b.col;
    Programmed programmed = known.get(place);
    if (programmed == null) {
      programmed = program(task, b, place);
      known.put(place, programmed);
    }
    sum.require((long) task.m * task.n);
    final double[] x = new double[task.k];
    for (int r = 0; r < task.m; r++) {
      double largest = 0;
      for (int i = 0; i < task.k; i++) {
        x[i] = a.get(r * task.k + i);
        largest = Math.max(largest, Math.abs(x[i]));
      }
      for (int i = 0; i < task.k && largest > 0; i++) {
        x[i] /= largest;
      }
      final double[] y = programmed.array.multiply(x, a.row + r);
      for (int j = 0; j < task.n; j++) {
        final float product = (float) (y[j] * largest * programmed.scales[j]);
        final int at = r * task.n + j;
        sum.values[at] = task.step.opens() ? product : sum.values[at] + product;
      }
    }
  }

  private Programmed program(final Task task, final Slot b, final long place) {
    final double[] weights = new double[task.k * task.n];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = b.get(i);
    }
    final double[] scales = scales(weights, task.k, task.n);
    return new Programmed(
        Crossbar.program(
            unit.cell(),
            unit.converters(),
            weights,
            task.k,
            task.n,
            new CellRandom(seed, place & 0xFF_FFFF_FFFF_FFFFL)),
        scales);
  }

  /** Divides every column by its largest magnitude, which it returns. */
  static double[] scales(final double[] weights, final int rows, final int columns) {
    final double[] scales = new double[columns];
    for (int i = 0; i < rows * columns; i++) {
      scales[i % columns] = Math.max(scales[i % columns], Math.abs(weights[i]));
    }
    for (int i = 0; i < rows * columns; i++) {
      weights[i] = scales[i % columns] > 0 ? weights[i] / scales[i % columns] : 0;
    }
    return scales;
  }
}
