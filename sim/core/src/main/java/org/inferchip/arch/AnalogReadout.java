package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * How long a crossbar takes for one product with a vector.
 *
 * @param phases times that a product is read in full, such as 4 where positive and negative inputs
 *     meet positive and negative cells one after the other
 * @param reads of one phase; absent: one for each slice of an input. More where the bits of an
 *     input are counted in equal pulses
 * @param read from driving the rows until the columns' currents or charges stand
 * @param columnsPerConverter columns that one converter takes one after the other, those of all
 *     slices of weights counted
 * @param conversion one conversion
 * @param held whether columns hold what was read, so that the next read runs while they are
 *     converted
 * @param latency from the last conversion to the result: shift and add, scales
 */
public record AnalogReadout(
    @Range(min = 1, max = 64) int phases,
    @Range(min = 1) Optional<Integer> reads,
    @Measure(Dimension.SECONDS) double read,
    @Range(min = 1) int columnsPerConverter,
    @Measure(Dimension.SECONDS) double conversion,
    boolean held,
    @Measure(Dimension.SECONDS) double latency) {

  /** Times that a product drives the rows. */
  public long readsOf(final AnalogConverters converters) {
    return (long) phases * reads.orElse(converters.inputSlices());
  }

  /** Times that all columns in use are converted. */
  public long conversionsOf(final AnalogConverters converters) {
    return (long) phases * (converters.eachInputSlice() ? converters.inputSlices() : 1);
  }

  /**
   * Seconds from one product to the next on one array.
   *
   * @param columns in use, those of all slices
   */
  public double period(final AnalogConverters converters, final int columns) {
    final double driving = readsOf(converters) * read;
    final double converting = converting(converters, columns);
    return held ? Math.max(driving, converting) : driving + converting;
  }

  /** Seconds from inputs to the result of one product. */
  public double delay(final AnalogConverters converters, final int columns) {
    final double driving = readsOf(converters) * read;
    final double converting = converting(converters, columns);
    final double last = converting / conversionsOf(converters);
    final double whole = held ? Math.max(driving + last, converting + read) : driving + converting;
    return whole + latency;
  }

  private double converting(final AnalogConverters converters, final int columns) {
    return conversionsOf(converters) * Math.min(columnsPerConverter, columns) * conversion;
  }
}
