package org.inferchip.calibrate;

import java.util.Map;
import java.util.TreeMap;

/** Rows that were not predicted, counted by reason. */
final class Skips {
  private final Map<String, Integer> counts = new TreeMap<>();

  void add(final String reason) {
    add(reason, 1);
  }

  void add(final String reason, final int rows) {
    counts.merge(reason, rows, Integer::sum);
  }

  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }
}
