package org.inferchip.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a reader makes of a file, before clock and order are looked at. */
final class Collected {
  final ReadLog log;
  final List<Draft> drafts = new ArrayList<>();
  final Set<String> droppedIds = new HashSet<>();
  TraceHeader header = TraceHeader.MOONCAKE;

  /** Whether arrivals are dates, and so are counted from the first one. */
  boolean dated;

  /** Whether rows have no arrivals at all. */
  boolean lengthsOnly;

  Collected(final ReadLog log) {
    this.log = log;
  }

  Draft next(final int line) {
    return new Draft(line, log.nextRow());
  }

  /** Takes a row whose lengths and fields were read. */
  void take(final Row row, final Draft draft, final boolean hasLengths) {
    if (row.isBad()) {
      return;
    }
    if (hasLengths) {
      drafts.add(draft);
    } else {
      droppedIds.add(draft.id);
    }
  }
}
