package org.inferchip.engine;

import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;

/**
 * Analog crossbars: one product with a vector after the other, whatever part of the array it uses.
 *
 * <p>A product drives the rows {@code reads} times (phases x slices of inputs) and converts the
 * columns in use; several columns share a converter and take turns. Its period is the sum of both
 * times, or the larger where columns hold what was read ({@link org.inferchip.arch.AnalogReadout}).
 * With m vectors, p passes (1 for the array's own format):
 *
 * <p>occupancy = m p period; latency = occupancy - period + delay, rounded up to whole cycles once.
 *
 * <p>Limits: rows settle in the same time however many are driven; arrays of a core do not share
 * converters; weights stand in the array already.
 */
final class AnalogLaw implements MatrixLaw {
  private final MatrixUnit.Analog unit;
  private final double clock;

  AnalogLaw(final MatrixUnit.Analog unit, final double clock) {
    this.unit = unit;
    this.clock = clock;
  }

  @Override
  public MatrixCycles cycles(
      final long m, final long n, final long k, final Format format, final Accumulate step) {
    MatrixLaw.rate(unit.macsPerCycle(), format);
    if (k > unit.rows() || n > unit.columns()) {
      throw new IllegalArgumentException(
          k + " x " + n + " weights on an array of " + unit.rows() + " x " + unit.columns());
    }
    final int columns = Math.toIntExact(n * unit.cell().slices());
    final double period = unit.readout().period(unit.converters(), columns);
    final double delay = unit.readout().delay(unit.converters(), columns);
    final double busy = (double) m * unit.passes(format) * period;
    return new MatrixCycles(cycles(busy), cycles(busy - period + Math.max(period, delay)));
  }

  @Override
  public AnalogWork analog(final long m, final long n, final long k, final Format format) {
    final long products = m * unit.passes(format) * unit.copies(format);
    final long reads = products * unit.readout().readsOf(unit.converters());
    final long slices = unit.cell().slices();
    final long converted = products * unit.readout().conversionsOf(unit.converters());
    return new AnalogWork(
        reads * k,
        Math.multiplyExact(reads * k, n * unit.cellsPerWeight()),
        converted * n * slices);
  }

  private long cycles(final double seconds) {
    return (long) Math.ceil(seconds * clock - 1e-9);
  }
}
