package org.inferchip.units;

/**
 * What a quantity measures. Every quantity in a description is held as a {@code double} in the base
 * unit given here; files spell it with a unit ({@code 80 GiB}, {@code 3.35 TB/s}).
 *
 * <p>Each dimension has a span of plausible magnitudes, chosen wide of anything built or announced
 * (an assumption): a value outside it is a slip of a unit or of an exponent and is refused.
 */
public enum Dimension {
  /** Bytes. kB, MB, GB, TB are powers of 1000; KiB, MiB, GiB, TiB of 1024. */
  BYTES("B", 1, 1e18, "80 GiB"),
  /** Bytes a second; bits a second (Gbit/s) divide by eight. */
  BYTES_PER_SECOND("B/s", 1, 1e19, "3.35 TB/s"),
  /** Bytes moved in one clock cycle. */
  BYTES_PER_CYCLE("B/cycle", 1e-3, 1e9, "128 B/cycle"),
  /** Seconds. */
  SECONDS("s", 1e-15, 1e9, "2.5 us"),
  /** Cycles a second. */
  HERTZ("Hz", 1, 1e12, "1.755 GHz"),
  /** Operations a second; a multiply-accumulate is two. */
  OPERATIONS_PER_SECOND("OP/s", 1, 1e21, "989 TFLOP/s"),
  /** Watts. */
  WATTS("W", 1e-9, 1e9, "700 W"),
  /** Joules. */
  JOULES("J", 1e-18, 1e15, "12 uJ"),
  /** Joules for one operation; a multiply-accumulate is two. */
  JOULES_PER_OPERATION("J/op", 1e-18, 1e-6, "0.65 pJ/op"),
  /** Joules to move one bit. */
  JOULES_PER_BIT("J/bit", 1e-18, 1e-6, "4.5 pJ/bit"),
  /** Ohms. */
  OHMS("Ohm", 1e-6, 1e15, "10 kOhm"),
  /** Silicon area in square millimetres. */
  SQUARE_MILLIMETRES("mm2", 1e-9, 1e6, "814 mm2"),
  /** Length in nanometres (process nodes). */
  NANOMETRES("nm", 0.1, 1e5, "4 nm"),
  /** United States dollars. */
  DOLLARS("$", 1e-4, 1e12, "$28000"),
  /** Dollars an hour (rental). */
  DOLLARS_PER_HOUR("$/h", 1e-6, 1e7, "$3.10/h"),
  /** Dollars a kilowatt-hour (electricity). */
  DOLLARS_PER_KILOWATT_HOUR("$/kWh", 1e-4, 100, "$0.08/kWh"),
  /** Dollars a gigabyte of 10^9 bytes (memory). */
  DOLLARS_PER_GIGABYTE("$/GB", 1e-4, 1e6, "$15/GB"),
  /** Dollars a square millimetre (substrates, bumps, design). */
  DOLLARS_PER_SQUARE_MILLIMETRE("$/mm2", 1e-6, 1e9, "$0.005/mm2"),
  /** Dollars a watt (buildings, racks). */
  DOLLARS_PER_WATT("$/W", 1e-4, 1e4, "$11/W"),
  /** Killer defects a square centimetre. */
  DEFECTS_PER_SQUARE_CENTIMETRE("/cm2", 1e-4, 100, "0.1 /cm2"),
  /** Years (depreciation). */
  YEARS("y", 1e-2, 100, "4 y");

  private final String baseUnit;
  private final double smallest;
  private final double largest;
  private final String example;

  Dimension(
      final String baseUnit, final double smallest, final double largest, final String example) {
    this.baseUnit = baseUnit;
    this.smallest = smallest;
    this.largest = largest;
    this.example = example;
  }

  /** The unit in which values of this dimension are held. */
  public String baseUnit() {
    return baseUnit;
  }

  /** The least plausible value above zero, in the base unit. */
  public double smallest() {
    return smallest;
  }

  /** The greatest plausible value, in the base unit. */
  public double largest() {
    return largest;
  }

  /** A value as a file spells it, for messages and schemas. */
  public String example() {
    return example;
  }

  /** How messages name the dimension, such as {@code bytes per second}. */
  public String words() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  /** A regular expression (ECMA 262) of the spellings that a file may use. */
  public String pattern() {
    return UnitTable.pattern(this);
  }
}
