package org.inferchip.units;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Finds the name that an author most likely meant, by edit distance (Damerau-Levenshtein in its
 * optimal string alignment form: insert, delete, replace, swap of neighbours, each at cost 1),
 * letter case and the difference between {@code _}, {@code -} and space left out.
 *
 * <p>Where no name is one edit away that begins with the same letter (slips seldom touch the
 * first), the names of which the first words were written are proposed ({@code h100} for {@code
 * h100-pcie or h100-sxm}), up to four. Of equally near names, one that begins with what was written
 * is taken. Assumption: a name further away than a third of its length (and at least two edits) is
 * no typing slip; then a name that begins with what was written is proposed, or nothing.
 */
public final class Nearest {
  private static final int MOST_LONGER = 4;

  private Nearest() {}

  /**
   * The nearest of the names.
   *
   * @param found what was written
   * @param names what could have been written
   * @return the nearest name, the first in order among equals, or empty when none is near; several
   *     where only the first words of them were written
   */
  public static String of(final String found, final Collection<String> names) {
    final String wanted = fold(found);
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    boolean bestBegins = false;
    for (final String name : names) {
      final String candidate = fold(name);
      final int distance = distance(wanted, candidate);
      final int limit = Math.max(2, Math.max(wanted.length(), candidate.length()) / 3);
      final boolean begins = candidate.startsWith(wanted);
      final boolean nearer =
          distance < bestDistance || distance == bestDistance && begins && !bestBegins;
      if (distance <= limit && distance < candidate.length() && nearer) {
        best = name;
        bestDistance = distance;
        bestBegins = begins;
      }
    }
    final List<String> longer =
        names.stream().filter(name -> fold(name).startsWith(wanted + "-")).toList();
    final boolean slip =
        bestDistance == 0
            || bestDistance == 1 && !wanted.isEmpty() && fold(best).charAt(0) == wanted.charAt(0);
    if (!slip && !longer.isEmpty() && longer.size() <= MOST_LONGER) {
      final int last = longer.size() - 1;
      return last == 0
          ? longer.get(0)
          : String.join(", ", longer.subList(0, last)) + " or " + longer.get(last);
    }
    return best.isEmpty() ? beginningWith(wanted, names) : best;
  }

  private static String beginningWith(final String wanted, final Collection<String> names) {
    if (wanted.length() < 2) {
      return "";
    }
    return names.stream().filter(name -> fold(name).startsWith(wanted)).findFirst().orElse("");
  }

  private static String fold(final String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }

  static int distance(final String a, final String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        final int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      final int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
