package org.inferchip.units;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The units of each {@link Dimension} with their exact decimal factor to its base unit. Decimal
 * prefixes are powers of 1000, binary ones ({@code GiB}) of 1024; a byte is eight bits.
 */
final class UnitTable {
  private static final String[] SMALL = {"f", "p", "n", "u", "m"};
  private static final String[] LARGE = {"", "k", "M", "G", "T", "P", "E"};
  private static final String[] BINARY = {"Ki", "Mi", "Gi", "Ti", "Pi"};
  private static final Map<Dimension, Map<String, BigDecimal>> UNITS = build();

  private UnitTable() {}

  /** Units of a dimension, smallest first within each family. */
  static Map<String, BigDecimal> of(final Dimension dimension) {
    return UNITS.get(dimension);
  }

  /** Numbers with one of the units; dollars may stand before the number. */
  static String pattern(final Dimension dimension) {
    final String number = "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?";
    final String units =
        of(dimension).keySet().stream()
            .map(unit -> unit.replace("$", "\\$"))
            .collect(Collectors.joining("|"));
    final String after = "^" + number + " *(" + units + ")$";
    if (!dimension.baseUnit().startsWith("$")) {
      return after;
    }
    final String suffix = dimension.baseUnit().substring(1);
    return after + "|^\\$ *" + number + "[kM]?" + suffix + "$";
  }

  private static Map<Dimension, Map<String, BigDecimal>> build() {
    final Map<Dimension, Map<String, BigDecimal>> all = new EnumMap<>(Dimension.class);
    for (final Dimension dimension : Dimension.values()) {
      final Map<String, BigDecimal> units = new LinkedHashMap<>();
      fill(dimension, units);
      all.put(dimension, Collections.unmodifiableMap(units));
    }
    return all;
  }

  private static void fill(final Dimension dimension, final Map<String, BigDecimal> units) {
    switch (dimension) {
      case BYTES -> bytes(units, "");
      case BYTES_PER_SECOND -> {
        bytes(units, "/s");
        large(units, "bit/s", new BigDecimal("0.125"));
      }
      case BYTES_PER_CYCLE -> bytes(units, "/cycle");
      case SECONDS -> {
        small(units, "s", 1);
        units.put("s", BigDecimal.ONE);
        units.put("min", new BigDecimal(60));
        units.put("h", new BigDecimal(3600));
      }
      case HERTZ -> large(units, "Hz", BigDecimal.ONE);
      case OPERATIONS_PER_SECOND -> {
        large(units, "OP/s", BigDecimal.ONE);
        large(units, "FLOP/s", BigDecimal.ONE);
      }
      case WATTS -> {
        small(units, "W", 3);
        large(units, "W", BigDecimal.ONE);
      }
      case JOULES -> {
        small(units, "J", 0);
        large(units, "J", BigDecimal.ONE);
        large(units, "Wh", new BigDecimal(3600));
      }
      case JOULES_PER_OPERATION -> {
        small(units, "J/op", 0);
        units.put("J/op", BigDecimal.ONE);
      }
      case JOULES_PER_BIT -> {
        small(units, "J/bit", 0);
        units.put("J/bit", BigDecimal.ONE);
        units.put("pJ/B", new BigDecimal("0.125e-12"));
      }
      case OHMS -> {
        units.put("mOhm", new BigDecimal("1e-3"));
        large(units, "Ohm", BigDecimal.ONE);
      }
      case SQUARE_MILLIMETRES -> {
        units.put("um2", new BigDecimal("1e-6"));
        units.put("mm2", BigDecimal.ONE);
        units.put("cm2", new BigDecimal(100));
      }
      case NANOMETRES -> {
        units.put("nm", BigDecimal.ONE);
        units.put("um", new BigDecimal(1000));
      }
      case DOLLARS,
          DOLLARS_PER_HOUR,
          DOLLARS_PER_KILOWATT_HOUR,
          DOLLARS_PER_GIGABYTE,
          DOLLARS_PER_SQUARE_MILLIMETRE,
          DOLLARS_PER_WATT ->
          dollars(units, dimension.baseUnit().substring(1));
      case DEFECTS_PER_SQUARE_CENTIMETRE -> {
        units.put("/cm2", BigDecimal.ONE);
        units.put("/mm2", new BigDecimal(100));
      }
      case YEARS -> units.put("y", BigDecimal.ONE);
      default -> throw new IllegalStateException("no units for " + dimension);
    }
  }

  private static void bytes(final Map<String, BigDecimal> units, final String suffix) {
    large(units, "B" + suffix, BigDecimal.ONE);
    BigDecimal factor = BigDecimal.ONE;
    for (final String prefix : BINARY) {
      factor = factor.multiply(new BigDecimal(1024));
      units.put(prefix + "B" + suffix, factor);
    }
  }

  private static void large(
      final Map<String, BigDecimal> units, final String unit, final BigDecimal base) {
    for (int i = 0; i < LARGE.length; i++) {
      units.put(LARGE[i] + unit, base.scaleByPowerOfTen(3 * i));
    }
  }

  private static void small(
      final Map<String, BigDecimal> units, final String unit, final int first) {
    for (int i = first; i < SMALL.length; i++) {
      units.put(SMALL[i] + unit, BigDecimal.ONE.scaleByPowerOfTen(3 * (i - SMALL.length)));
    }
  }

  private static void dollars(final Map<String, BigDecimal> units, final String suffix) {
    units.put("$" + suffix, BigDecimal.ONE);
    units.put("k$" + suffix, new BigDecimal(1000));
    units.put("M$" + suffix, new BigDecimal(1_000_000));
  }
}
