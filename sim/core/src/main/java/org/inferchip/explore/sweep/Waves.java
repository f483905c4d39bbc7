package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.pareto.Front;

/**
 * Which points are done together. Without pruning that is all of them. With it, points of which
 * even the best conceivable figures break a constraint are left out at once. The others come in
 * waves, those first whose best conceivable figures few others beat; before each wave, points are
 * left out whose best conceivable figures a design of an earlier wave beats. So what is left out
 * does not depend on threads, and a sweep that goes on leaves out the same points.
 */
final class Waves {
  /** Enough for all threads, few enough that the next wave can learn from it. */
  private static final int WAVE = 128;

  private final SweepPlan plan;
  private final Points points;
  private final boolean prune;
  private final List<Candidate> simulated = new ArrayList<>();
  private List<Candidate> open;

  Waves(final SweepPlan plan, final Points points, final boolean prune) {
    this.plan = plan;
    this.points = points;
    this.prune = prune;
  }

  /**
   * A point to be done.
   *
   * @param pruned why it is not simulated; empty if it is
   */
  record Todo(Point point, String pruned) {}

  /** The points of a wave that have the same system, by system in the order first met. */
  static Collection<List<Todo>> bySystem(final List<Todo> wave) {
    final Map<String, List<Todo>> groups = new LinkedHashMap<>();
    for (final Todo todo : wave) {
      groups.computeIfAbsent(todo.point().systemKey(), key -> new ArrayList<>()).add(todo);
    }
    return groups.values();
  }

  /** The points of the next wave that have no row yet; none at the end. */
  List<Todo> next(final Map<Integer, Row> rows) {
    List<Todo> wave = List.of();
    while (wave.isEmpty() && (open == null || !open.isEmpty())) {
      wave =
          (prune ? wave(rows) : all())
              .stream().filter(todo -> !rows.containsKey(todo.point().index())).toList();
    }
    return wave;
  }

  private List<Todo> all() {
    open = List.of();
    final List<Todo> all = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      all.add(new Todo(plan.point(i), ""));
    }
    return all;
  }

  private List<Todo> wave(final Map<Integer, Row> rows) {
    final List<Todo> wave = new ArrayList<>();
    if (open == null) {
      open = ordered(candidates(wave));
    }
    final Map<String, List<Rival>> designs = designs(rows);
    final List<Candidate> left = new ArrayList<>();
    int taken = 0;
    for (final Candidate one : open) {
      final String reason = one.beatenBy(designs.getOrDefault(one.key, List.of()));
      if (!reason.isEmpty()) {
        wave.add(new Todo(one.point, reason));
      } else if (taken < WAVE) {
        wave.add(new Todo(one.point, ""));
        simulated.add(one);
        taken++;
      } else {
        left.add(one);
      }
    }
    open = left;
    return wave;
  }

  /**
   * A design that was simulated and meets all constraints.
   *
   * @param costs by objective
   */
  private record Rival(int point, double[] costs) {}

  /**
   * A point with its best conceivable cost by objective.
   *
   * @param key of the points that it is compared with
   * @param best null where no bound is known
   */
  private record Candidate(Point point, String key, double[] best) {
    String beatenBy(final List<Rival> designs) {
      if (best != null) {
        for (final Rival design : designs) {
          if (Front.dominates(design.costs, best)) {
            return "point " + design.point + " beats the best that it could be";
          }
        }
      }
      return "";
    }
  }

  /** Points that may meet all constraints; the others go to a wave. */
  private List<Candidate> candidates(final List<Todo> broken) {
    final List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      final Point point = plan.point(i);
      final Map<String, Double> best = points.bound(point);
      final String reason = best == null ? "" : points.broken(point, best);
      if (reason.isEmpty()) {
        candidates.add(new Candidate(point, point.workKey(), points.costs(best)));
      } else {
        broken.add(new Todo(point, reason));
      }
    }
    return candidates;
  }

  /** By how many others' bounds beat theirs; those without a bound first. */
  private static List<Candidate> ordered(final List<Candidate> candidates) {
    final Map<Candidate, Integer> betters = new java.util.IdentityHashMap<>();
    for (final Candidate one : candidates) {
      int better = 0;
      for (final Candidate other : candidates) {
        if (one.best != null
            && other.best != null
            && other.key.equals(one.key)
            && Front.dominates(other.best, one.best)) {
          better++;
        }
      }
      betters.put(one, better);
    }
    final List<Candidate> ordered = new ArrayList<>(candidates);
    ordered.sort(Comparator.comparingInt(betters::get));
    return ordered;
  }

  private Map<String, List<Rival>> designs(final Map<Integer, Row> rows) {
    final Map<String, List<Rival>> designs = new LinkedHashMap<>();
    for (final Candidate one : simulated) {
      final Row row = rows.get(one.point.index());
      final double[] costs = plan.costs(row);
      if (row.feasible() && Arrays.stream(costs).noneMatch(Double::isNaN)) {
        designs
            .computeIfAbsent(one.key, key -> new ArrayList<>())
            .add(new Rival(row.point(), costs));
      }
    }
    designs.values().forEach(list -> list.sort(Comparator.comparingInt(Rival::point)));
    return designs;
  }
}
