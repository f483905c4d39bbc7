package org.inferchip.arch;

import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Drift of phase-change cells: a conductance g falls as ((age + reference) / reference)^-nu with
 * time. Each cell has its own nu, normal, whose mean and deviation are clamped lines of ln g.
 *
 * @param age of the cells since they were programmed
 * @param reference time after programming at which conductances are as programmed
 * @param mean of nu
 * @param deviation of nu
 * @param compensated whether outputs are scaled by the lost share of all cells, as a read of all
 *     rows now and then finds it
 */
public record CellDrift(
    @Measure(Dimension.SECONDS) double age,
    @Measure(Dimension.SECONDS) @Range(min = 0, exclusive = true) double reference,
    LogLine mean,
    LogLine deviation,
    boolean compensated) {

  /**
   * A line of ln g between limits.
   *
   * @param slope a of a ln g + b
   * @param intercept b
   * @param low least value
   * @param high largest value
   */
  public record LogLine(
      @Range(min = -1e3, max = 1e3) double slope,
      @Range(min = -1e3, max = 1e3) double intercept,
      double low,
      double high) {

    /** Value at a conductance in units of the largest. */
    public double at(final double conductance) {
      final double line = slope * StrictMath.log(conductance) + intercept;
      return Math.max(low, Math.min(high, line));
    }
  }
}
