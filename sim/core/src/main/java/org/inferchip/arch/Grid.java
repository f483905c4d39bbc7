package org.inferchip.arch;

import java.util.Arrays;

/**
 * Places of chips or dies in a line, ring, mesh or torus. On a torus they are numbered along the
 * first dimension first. On a mesh, which does not wrap, every other row is numbered backwards
 * (reflected Gray code), so that neighbours in number are neighbours in place.
 *
 * <p>Routes go in dimension order; on a torus the shorter way round. Where both are as long, from
 * even places up and from odd ones down, which loads links equally, or always up.
 */
public final class Grid {
  private final int[] sides;
  private final boolean wraps;
  private final boolean tiesUp;

  /**
   * A grid.
   *
   * @param sides places along each dimension
   * @param wraps whether each dimension is closed to a ring
   * @param tiesUp whether of two ways of one length that up is taken from every place
   */
  public Grid(final int[] sides, final boolean wraps, final boolean tiesUp) {
    this.sides = sides.clone();
    this.wraps = wraps;
    this.tiesUp = tiesUp;
  }

  /** Dimensions. */
  public int dimensions() {
    return sides.length;
  }

  /** Places along a dimension. */
  public int side(final int dimension) {
    return sides[dimension];
  }

  /** All places. */
  public int size() {
    return Arrays.stream(sides).reduce(1, Math::multiplyExact);
  }

  /** Place of a number along a dimension. */
  public int coordinate(final int number, final int dimension) {
    int stride = 1;
    for (int lower = 0; lower < dimension; lower++) {
      stride *= sides[lower];
    }
    final int side = sides[dimension];
    final int plain = number / stride % side;
    final boolean back = !wraps && number / (stride * side) % 2 == 1;
    return back ? side - 1 - plain : plain;
  }

  /** The number of a place. */
  public int number(final int[] coordinates) {
    int number = 0;
    for (int dimension = sides.length - 1; dimension >= 0; dimension--) {
      final boolean back = !wraps && number % 2 == 1;
      final int at = coordinates[dimension];
      number = number * sides[dimension] + (back ? sides[dimension] - 1 - at : at);
    }
    return number;
  }

  /**
   * Steps from one place along a dimension to another's: up if positive, down if negative.
   *
   * @param from a coordinate
   * @param to a coordinate
   */
  public int steps(final int from, final int to, final int dimension) {
    final int side = sides[dimension];
    if (!wraps) {
      return to - from;
    }
    final int up = Math.floorMod(to - from, side);
    final boolean tie = 2 * up == side && (tiesUp || from % 2 == 0);
    return 2 * up < side || tie ? up : up - side;
  }

  /** Hops from one number to another. */
  public int hops(final int from, final int to) {
    int hops = 0;
    for (int dimension = 0; dimension < sides.length; dimension++) {
      hops += Math.abs(steps(coordinate(from, dimension), coordinate(to, dimension), dimension));
    }
    return hops;
  }

  /** Factors of a number that are as near to each other as they can be, the largest last. */
  public static int[] factors(final int product, final int count) {
    final int[] result = new int[count];
    int rest = product;
    for (int i = 0; i < count; i++) {
      int side = (int) Math.round(Math.pow(rest, 1.0 / (count - i)));
      while (side > 1 && rest % side != 0) {
        side--;
      }
      result[i] = side;
      rest /= side;
    }
    return result;
  }
}
