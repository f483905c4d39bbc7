package org.inferchip.simulation;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * Sizes at which costs are simulated; between them costs are interpolated. Sizes up to the first
 * gap are knots themselves, so small batches are never interpolated.
 */
final class Knots {
  private final int[] sizes;

  private Knots(final TreeSet<Integer> sizes) {
    this.sizes = sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Knots for tokens of a step: the sizes that a stack pads to, then every {@code step} up to
   * {@code limit}. Tile edges of matrix units are multiples of 128 or divide it, so a step of 128
   * puts knots on them.
   *
   * @param padded sizes that the stack pads to; may be empty
   * @param step distance of the knots above the last padded size
   * @param limit the largest size that is ever asked for
   */
  static Knots tokens(final Iterable<Integer> padded, final int step, final int limit) {
    final TreeSet<Integer> sizes = new TreeSet<>();
    for (int size = 1; size <= 8; size++) {
      sizes.add(size);
    }
    for (int size = 16; size <= 512; size += 16) {
      sizes.add(size);
    }
    for (final int size : padded) {
      sizes.add(size);
    }
    for (int size = 512; size < limit + step; size += step) {
      sizes.add(size);
    }
    return new Knots(sizes);
  }

  /**
   * Knots that grow by a constant factor.
   *
   * @param first the smallest
   * @param perDoubling knots in each doubling
   * @param limit the largest size that is ever asked for
   */
  static Knots geometric(final int first, final int perDoubling, final int limit) {
    final TreeSet<Integer> sizes = new TreeSet<>();
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
