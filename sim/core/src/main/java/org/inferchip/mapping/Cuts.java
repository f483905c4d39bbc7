package org.inferchip.mapping;

import java.util.Arrays;

/**
 * A loop cut into blocks of trips of one shape: the cuts are the trips at which the shape changes.
 */
final class Cuts {
  private Cuts() {}

  /**
   * Ascending borders of blocks, from 0 to the length.
   *
   * @param length trips of the whole loop, at least 1
   * @param changes trips at which the shape may change; those outside the loop are left out
   */
  static int[] of(final int length, final int... changes) {
    final int[] borders = Arrays.copyOf(changes, changes.length + 2);
    borders[changes.length] = 0;
    borders[changes.length + 1] = length;
    return Arrays.stream(borders)
        .filter(border -> border >= 0 && border <= length)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Borders of a loop whose first and last trips stand apart. */
  static int[] firstAndLast(final int length) {
    return of(length, 1, length - 1);
  }
}
