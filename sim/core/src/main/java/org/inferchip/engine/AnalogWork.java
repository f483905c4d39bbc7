package org.inferchip.engine;

/**
 * What analog arrays did, in whole numbers.
 *
 * @param drives rows driven, one a row in use and read
 * @param cells cells read, those of all slices and both polarities
 * @param conversions columns converted
 */
public record AnalogWork(long drives, long cells, long conversions) {
  /** Nothing. */
  public static final AnalogWork NONE = new AnalogWork(0, 0, 0);

  AnalogWork plus(final AnalogWork o) {
    return new AnalogWork(drives + o.drives, cells + o.cells, conversions + o.conversions);
  }

  AnalogWork times(final long factor) {
    return new AnalogWork(
        Math.multiplyExact(drives, factor),
        Math.multiplyExact(cells, factor),
        Math.multiplyExact(conversions, factor));
  }
}
