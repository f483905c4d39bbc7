package org.inferchip.lowering;

import java.util.Objects;

/**
 * A named value, or some of its columns, as an operand of a call. Where the operand's shape has
 * other rows than the value, the columns of each row are read as several rows (row-major).
 *
 * <p>Names are local to a layer, except those that {@link LoweredStep} lists as crossing layers.
 *
 * @param value name
 * @param col first column
 * @param cols columns; 0 for all
 */
public record View(String value, int col, int cols) {
  /** Checks the name. */
  public View {
    Objects.requireNonNull(value, "value");
    if (col < 0 || cols < 0) {
      throw new IllegalArgumentException(value + ": " + col + ", " + cols);
    }
  }

  /** The whole value. */
  public static View of(final String value) {
    return new View(value, 0, 0);
  }
}
