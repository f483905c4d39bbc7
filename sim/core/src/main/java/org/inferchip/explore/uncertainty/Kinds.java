package org.inferchip.explore.uncertainty;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Source;

/** Finds the kind of a number in a {@link RangeTable}. */
final class Kinds {
  private Kinds() {}

  /** A kind with its name. */
  record Named(String name, RangeTable.Quantity quantity) {
    Source.Distribution distribution() {
      return quantity.distribution().orElse(Source.Distribution.LOG_NORMAL);
    }
  }

  /** The kind with the longest path that covers a key, if any does. */
  static Optional<Named> of(final String key, final RangeTable table) {
    Named best = null;
    int longest = -1;
    for (final Map.Entry<String, RangeTable.Quantity> kind : table.kinds().entrySet()) {
      for (final String path : kind.getValue().paths()) {
        final boolean covers = key.equals(path) || key.startsWith(path + ".");
        if (covers && path.length() > longest) {
          longest = path.length();
          best = new Named(kind.getKey(), kind.getValue());
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** A path of a system as tables spell it: of the chip or stack that it is in, without indices. */
  static String key(final String path) {
    return path.replaceAll("\\[\\d+]", "").replaceFirst("^(chip|stack)\\.", "");
  }

  /** The last two keys of a path, without indices: what parts and chips alike call a number. */
  static String lastTwo(final String path) {
    final String[] keys = path.replaceAll("\\[\\d+]", "").split("\\.");
    final int count = keys.length;
    return count < 2 ? path : keys[count - 2] + "." + keys[count - 1];
  }
}
