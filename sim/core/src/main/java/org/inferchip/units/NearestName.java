package org.inferchip.units;

import java.util.Collection;
import java.util.Locale;

/**
 * Finds the valid name that a mistyped one was meant to be: the least optimal-string-alignment
 * distance (insertions, deletions, substitutions, swaps of neighbours; case ignored), no more than
 * a third of the name's length, or else a name that begins with what was typed.
 */
public final class NearestName {
  private NearestName() {}

  /**
   * The nearest valid name.
   *
   * @param typed what was found
   * @param valid the names that would do
   * @return the first of the nearest, or an empty text if none is near
   */
  public static String of(final String typed, final Collection<String> valid) {
    final String lower = typed.toLowerCase(Locale.ROOT);
    final int limit = Math.max(1, lower.length() / 3);
    String best = "";
    int bestDistance = limit + 1;
    for (final String name : valid) {
      final int distance = distance(lower, name.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = name;
      }
    }
    return best.isEmpty() && lower.length() > 1 ? beginningWith(lower, valid) : best;
  }

  private static String beginningWith(final String lower, final Collection<String> valid) {
    for (final String name : valid) {
      if (name.toLowerCase(Locale.ROOT).startsWith(lower)) {
        return name;
      }
    }
    return "";
  }

  static int distance(final String a, final String b) {
    final int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        final int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        final boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
