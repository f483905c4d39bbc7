package org.inferchip.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Checks who waits for whom and puts requests in order: by arrival, or where a request follows
 * others, by when it could arrive if they took no time; then by file order.
 */
final class Dependencies {
  private final ReadLog log;
  private final Set<String> droppedIds;

  Dependencies(final ReadLog log, final Set<String> droppedIds) {
    this.log = log;
    this.droppedIds = droppedIds;
  }

  List<Request> order(final List<Draft> all) {
    waitForTurns(all);
    final List<Draft> drafts = withoutOrphans(all);
    final Map<String, Integer> index = index(drafts);
    checkWaits(drafts, index);
    if (log.problemCount() > 0) {
      return List.of();
    }
    final long[] earliest = earliest(drafts, index);
    return IntStream.range(0, drafts.size())
        .boxed()
        .sorted(Comparator.comparingLong(i -> earliest[i]))
        .map(i -> drafts.get(i).build())
        .toList();
  }

  private Map<String, Integer> index(final List<Draft> drafts) {
    final Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < drafts.size(); i++) {
      final Draft draft = drafts.get(i);
      final Integer other = index.putIfAbsent(draft.id, i);
      if (other != null) {
        log.problem(
            draft.line,
            "request_id",
            "two requests have one name",
            draft.id,
            "a name not used at line " + drafts.get(other).line);
      }
    }
    return index;
  }

  /** Turn n of a session waits for the nearest earlier turn that there is. */
  private static void waitForTurns(final List<Draft> drafts) {
    final Map<String, TreeMap<Integer, String>> sessions = new HashMap<>();
    for (final Draft draft : drafts) {
      if (!draft.session.isEmpty()) {
        sessions
            .computeIfAbsent(draft.session, name -> new TreeMap<>())
            .putIfAbsent(draft.turn, draft.id);
      }
    }
    for (final Draft draft : drafts) {
      if (draft.waitsForTurn) {
        final Map.Entry<Integer, String> before =
            sessions.get(draft.session).lowerEntry(draft.turn);
        if (before != null) {
          draft.waitFor = List.of(before.getValue());
        }
      }
    }
  }

  /** Requests that wait for a dropped one cannot be replayed, nor can those that wait for them. */
  private List<Draft> withoutOrphans(final List<Draft> drafts) {
    final Set<String> gone = new HashSet<>(droppedIds);
    List<Draft> kept = drafts;
    boolean changed = !gone.isEmpty();
    while (changed) {
      final List<Draft> next = new ArrayList<>();
      for (final Draft draft : kept) {
        if (draft.waitFor.stream().anyMatch(gone::contains)) {
          gone.add(draft.id);
          log.drop("waits_for_dropped_request", draft.line);
        } else {
          next.add(draft);
        }
      }
      changed = next.size() < kept.size();
      kept = next;
    }
    return kept;
  }

  private void checkWaits(final List<Draft> drafts, final Map<String, Integer> index) {
    for (final Draft draft : drafts) {
      for (final String name : draft.waitFor) {
        if (!index.containsKey(name)) {
          log.problem(draft.line, "wait_for", "waits for an unknown request", name, "a request_id");
        }
      }
      if (draft.waitFor.isEmpty() && draft.arrivalNanos == Request.UNTIMED) {
        log.problem(draft.line, "timestamp", "missing", "", "a timestamp, or wait_for");
      }
    }
  }

  private long[] earliest(final List<Draft> drafts, final Map<String, Integer> index) {
    final int count = drafts.size();
    final List<List<Integer>> followers = new ArrayList<>(count);
    final int[] waits = new int[count];
    final long[] earliest = new long[count];
    for (int i = 0; i < count; i++) {
      followers.add(List.of());
    }
    for (int i = 0; i < count; i++) {
      final Draft draft = drafts.get(i);
      earliest[i] = Math.max(0, draft.arrivalNanos);
      waits[i] = draft.waitFor.size();
      for (final String name : draft.waitFor) {
        final int before = index.get(name);
        if (followers.get(before).isEmpty()) {
          followers.set(before, new ArrayList<>());
        }
        followers.get(before).add(i);
      }
    }
    final Deque<Integer> ready = new ArrayDeque<>();
    IntStream.range(0, count).filter(i -> waits[i] == 0).forEach(ready::add);
    int done = 0;
    while (!ready.isEmpty()) {
      final int before = ready.remove();
      done++;
      for (final int i : followers.get(before)) {
        final Draft draft = drafts.get(i);
        final long dispatched = earliest[before] + draft.delayNanos + draft.toolWaitNanos;
        earliest[i] = Math.max(earliest[i], dispatched);
        if (--waits[i] == 0) {
          ready.add(i);
        }
      }
    }
    if (done < count) {
      final int i = IntStream.range(0, count).filter(k -> waits[k] > 0).findFirst().orElseThrow();
      final Draft draft = drafts.get(i);
      log.problem(
          draft.line,
          "wait_for",
          "requests wait for each other in a circle",
          draft.id,
          "no circle");
    }
    return Arrays.copyOf(earliest, count);
  }
}
