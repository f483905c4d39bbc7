package org.inferchip.units;

/**
 * What a quantity measures. Every quantity in a description is held as a {@code double} in the base
 * unit given here; files spell it with a unit ({@code 80 GiB}, {@code 3.35 TB/s}).
 */
public enum Dimension {
  /** Bytes. kB, MB, GB, TB are powers of 1000; KiB, MiB, GiB, TiB of 1024. */
  BYTES("B"),
  /** Bytes a second; bits a second (Gbit/s) divide by eight. */
  BYTES_PER_SECOND("B/s"),
  /** Bytes moved in one clock cycle. */
  BYTES_PER_CYCLE("B/cycle"),
  /** Seconds. */
  SECONDS("s"),
  /** Cycles a second. */
  HERTZ("Hz"),
  /** Operations a second; a multiply-accumulate is two. */
  OPERATIONS_PER_SECOND("op/s"),
  /** Watts. */
  WATTS("W"),
  /** Joules. */
  JOULES("J"),
  /** Joules for one operation; a multiply-accumulate is two. */
  JOULES_PER_OPERATION("J/op"),
  /** Joules to move one bit. */
  JOULES_PER_BIT("J/bit"),
  /** Silicon area in square millimetres. */
  SQUARE_MILLIMETRES("mm2"),
  /** Length in nanometres (process nodes). */
  NANOMETRES("nm"),
  /** United States dollars. */
  DOLLARS("$"),
  /** Dollars an hour (rental). */
  DOLLARS_PER_HOUR("$/h"),
  /** Dollars a kilowatt-hour (electricity). */
  DOLLARS_PER_KILOWATT_HOUR("$/kWh"),
  /** Dollars a gigabyte of 10^9 bytes (memory). */
  DOLLARS_PER_GIGABYTE("$/GB"),
  /** Killer defects a square centimetre. */
  DEFECTS_PER_SQUARE_CENTIMETRE("/cm2"),
  /** Years (depreciation). */
  YEARS("y");

  private final String baseUnit;

  Dimension(final String baseUnit) {
    this.baseUnit = baseUnit;
  }

  /** The unit in which values of this dimension are held. */
  public String baseUnit() {
    return baseUnit;
  }
}
