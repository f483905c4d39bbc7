package org.inferchip.engine;

import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;

/**
 * Rows of multipliers over adder trees. Each cycle, L lanes take w products each for L outputs of
 * one row (or one column, whichever wastes less) of the accumulator, so that
 *
 * <p>occupancy = min(m ceil(n/L), n ceil(m/L)) ceil(k/w) cycles, with w = rate of the format / L;
 * latency = occupancy + {@code latencyCycles} (depth of the tree and its accumulator). That is the
 * textbook form of a dot-product engine (as NVDLA's MAC cells: lanes = atomic K, width = atomic C).
 *
 * <p>Limits: operands are broadcast without cost; feed from local memory is a bound of its own, see
 * {@link CoreLaws}.
 */
final class DotProductLaw implements MatrixLaw {
  private final MatrixUnit.DotProduct unit;

  DotProductLaw(final MatrixUnit.DotProduct unit) {
    this.unit = unit;
  }

  @Override
  public MatrixCycles cycles(
      final long m, final long n, final long k, final Format format, final Accumulate step) {
    final long width = Math.max(1, MatrixLaw.rate(unit.macsPerCycle(), format) / unit.lanes());
    final long outputs =
        Math.min(m * MatrixLaw.ceilDiv(n, unit.lanes()), n * MatrixLaw.ceilDiv(m, unit.lanes()));
    final long occupancy = Math.multiplyExact(outputs, MatrixLaw.ceilDiv(k, width));
    return new MatrixCycles(occupancy, occupancy + unit.latencyCycles());
  }
}
