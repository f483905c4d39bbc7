package org.inferchip.cost;

import java.util.OptionalDouble;

/**
 * How many packages pay for their development: with one bought instead for {@code rival} dollars,
 *
 * <pre>
 *   made + development / packages = rival,   packages = development / (rival - made)
 * </pre>
 *
 * A package that does the work of several rivals replaces as many of their prices.
 */
public final class BreakEven {
  private BreakEven() {}

  /**
   * Packages from which on making is cheaper than buying; empty if it never is.
   *
   * @param development dollars spent once
   * @param made dollars to make one
   * @param rival dollars that one of them saves
   */
  public static OptionalDouble packages(
      final double development, final double made, final double rival) {
    return rival > made ? OptionalDouble.of(development / (rival - made)) : OptionalDouble.empty();
  }
}
