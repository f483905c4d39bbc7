package org.inferchip.audit;

import java.util.ArrayList;
import java.util.List;

/** Collects findings at the task being walked. */
final class Findings {
  private static final int KEPT = 50;
  private static final int GIVE_UP = 1000;

  private final List<Finding> list = new ArrayList<>();
  private int count;
  private StreamState at;

  /** Says whose task is walked; null for the program as a whole. */
  void at(final StreamState stream) {
    at = stream;
  }

  void add(final Finding.Kind kind, final String detail) {
    count++;
    if (list.size() >= KEPT) {
      return;
    }
    list.add(
        at == null
            ? new Finding(kind, -1, -1, -1, -1, -1, detail)
            : new Finding(kind, at.stream, at.item, at.block, at.trip, at.position, detail));
  }

  /** Whether there are so many that more would teach nothing. */
  boolean tooMany() {
    return count >= GIVE_UP;
  }

  List<Finding> list() {
    return list;
  }

  int dropped() {
    return count - list.size();
  }
}
