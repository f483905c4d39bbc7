package org.inferchip.mapping;

import java.util.Arrays;

/**
 * A loop cut into blocks of trips of one shape: the cuts are the trips at which the shape changes.
 * Programs ask for them at every block that they emit, hence the plain loop.
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
    borders[changes.length + 1] = length;
    Arrays.sort(borders);
    int kept = 0;
    for (final int border : borders) {
      final boolean inside = border >= 0 && border <= length;
      if (inside && (kept == 0 || borders[kept - 1] != border)) {
        borders[kept++] = border;
      }
    }
    return Arrays.copyOf(borders, kept);
  }

  /** Borders of a loop whose first and last trips stand apart. */
  static int[] firstAndLast(final int length) {
    return of(length, 1, length - 1);
  }
}
