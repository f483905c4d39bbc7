package org.inferchip.explore.sweep;

import java.util.Locale;
import java.util.Optional;
import org.inferchip.units.Dimension;

/**
 * A column of a sweep's table: flat, of one type, with its unit in its name.
 *
 * @param name such as {@code tpot_ms}
 * @param type of its values
 * @param dimension of its values; empty for counts, shares and texts
 * @param perBase its unit in the dimension's base unit: 1000 for milliseconds
 */
public record Column(String name, Type type, Optional<Dimension> dimension, double perBase) {

  /** Of what values are. */
  public enum Type {
    /** Whole numbers. */
    INTEGER,
    /** Doubles. */
    REAL,
    /** Texts. */
    TEXT
  }

  static Column text(final String name) {
    return new Column(name, Type.TEXT, Optional.empty(), 1);
  }

  static Column integer(final String name) {
    return new Column(name, Type.INTEGER, Optional.empty(), 1);
  }

  static Column number(final String name) {
    return new Column(name, Type.REAL, Optional.empty(), 1);
  }

  static Column of(final String name, final Dimension dimension) {
    return new Column(name, Type.REAL, Optional.of(dimension), 1);
  }

  static Column millis(final String name) {
    return new Column(name, Type.REAL, Optional.of(Dimension.SECONDS), 1e3);
  }

  /** The column of what varies: its path, and the base unit of its values. */
  static Column ofAxis(final Setting one) {
    final String words =
        one.path().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("_+$", "");
    if (one.amount().isEmpty()) {
      return text(words);
    }
    final Amount amount = one.amount().get();
    if (amount.whole()) {
      return integer(words);
    }
    return amount
        .dimension()
        .map(dimension -> of(words + "_" + suffix(dimension), dimension))
        .orElse(number(words));
  }

  private static String suffix(final Dimension dimension) {
    return dimension
        .baseUnit()
        .replace("$", "usd")
        .replace("/", "_per_")
        .replaceAll("^_", "")
        .toLowerCase(Locale.ROOT);
  }
}
