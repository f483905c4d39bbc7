package org.inferchip.simulation;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * Sizes at which costs are simulated; between them costs are interpolated. Sizes up to the first
 * gap are knots themselves, so small batches are never interpolated.
 */
final class Knots {
  private static final int FEW = 8;
  private static final int MANY = 128;
  private static final int LONG = 1024;

  private final int[] sizes;

  private Knots(final TreeSet<Integer> sizes) {
    this.sizes = sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Knots for tokens of a step: all up to 8, then eight to each doubling up to 128, four up to
   * 1,024, and two above. Tile edges of matrix units are 16 to 256 rows apart and fall on knots
   * where they matter; far above, waves are many and cost is affine.
   *
   * @param limit the largest size that is ever asked for
   */
  static Knots tokens(final int limit) {
    final TreeSet<Integer> sizes = new TreeSet<>();
    for (int size = 1; size <= FEW; size++) {
      sizes.add(size);
    }
    for (int base = FEW; base < limit; base *= 2) {
      final int parts = base < MANY ? FEW : base < LONG ? FEW / 2 : FEW / 4;
      for (int part = 1; part <= parts; part++) {
        sizes.add(base + part * base / parts);
      }
    }
    return new Knots(sizes);
  }

  /**
   * Knots that grow by a constant factor.
   *
   * @param least the smallest
   * @param first the next; the others grow from it
   * @param perDoubling knots in each doubling
   * @param limit the largest size that is ever asked for
   */
  static Knots geometric(final int least, final int first, final int perDoubling, final int limit) {
    final TreeSet<Integer> sizes = new TreeSet<>();
    sizes.add(least);
    int last = 0;
    for (int i = 0; last < limit; i++) {
      last = (int) Math.round(first * StrictMath.pow(2, (double) i / perDoubling));
      sizes.add(last);
    }
    return new Knots(sizes);
  }

  /** Index of the last knot not above a size; 0 below the first. */
  int below(final int size) {
    final int found = Arrays.binarySearch(sizes, size);
    final int index = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(index, sizes.length - 2));
  }

  /** The size of a knot. */
  int size(final int index) {
    return sizes[index];
  }

  int count() {
    return sizes.length;
  }
}
