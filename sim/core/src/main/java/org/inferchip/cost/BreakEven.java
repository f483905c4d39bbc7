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

  /**
   * Dollars for a chip at which its owner's tokens cost as much as a rival's. Capital and
   * maintenance follow the chip's price; all else of an hour stays.
   *
   * @param ratio of the rival's dollars a token to this one's
   * @param hour an owner's dollars an hour now
   * @param capital capital and maintenance of it
   * @param chips share of the chips in what is bought and written off so
   * @param price of a chip now
   * @return may be below zero: then tokens stay dearer even if the chip is a gift
   */
  public static double parity(
      final double ratio,
      final double hour,
      final double capital,
      final double chips,
      final double price) {
    final double ofChips = capital * chips;
    return price * (1 + hour * (ratio - 1) / ofChips);
  }
}
