package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.engine.LawViolation;
import org.inferchip.explore.pareto.Goal;
import org.inferchip.explore.sweep.Waves.Todo;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** Makes rows of points. Thread-safe. */
final class Points {
  private final SweepPlan plan;
  private final Measure measure;

  Points(final SweepPlan plan, final Measure measure) {
    this.plan = plan;
    this.measure = measure;
  }

  /** The rows of points that have the same system, one after another. */
  void rows(final List<Todo> group, final Consumer<Row> finished) {
    final Attempt<Described<SystemDescription>> system =
        Attempt.of(() -> plan.system(group.get(0).point()));
    for (final Todo todo : group) {
      final Point point = todo.point();
      if (!todo.pruned().isEmpty()) {
        finished.accept(plan.row(point, Row.Status.PRUNED, todo.pruned(), false, Map.of()));
        continue;
      }
      final Attempt<Map<String, Double>> figures =
          system.then(read -> measure.of(plan.design(point, read)));
      finished.accept(
          figures.value() == null
              ? plan.row(point, figures.status(), figures.reason(), false, Map.of())
              : done(point, figures.value()));
    }
  }

  private Row done(final Point point, final Map<String, Double> figures) {
    final Row row = plan.row(point, Row.Status.DONE, "", true, figures);
    final List<String> broken = new ArrayList<>();
    for (final Condition one : plan.constraints()) {
      if (!one.holds(name -> plan.columns().value(row, name))) {
        broken.add(one.toString());
      }
    }
    return broken.isEmpty()
        ? row
        : plan.row(point, Row.Status.DONE, "not " + String.join(", not ", broken), false, figures);
  }

  /** The best figures of a point; null where it cannot be, which its row will say. */
  Map<String, Double> bound(final Point point) {
    return Attempt.of(() -> Bound.of(plan.design(point, plan.system(point)))).value();
  }

  /** Which constraint even the best figures of a point break; empty if none. */
  String broken(final Point point, final Map<String, Double> best) {
    final Row row = plan.row(point, Row.Status.PRUNED, "", false, best);
    return plan.constraints().stream()
        .filter(one -> one.isImpossible(name -> plan.columns().value(row, name), Bound.GOOD))
        .findFirst()
        .map(one -> "even its bound is not " + one)
        .orElse("");
  }

  /** The costs of best figures by objective; null where there is no bound of one. */
  double[] costs(final Map<String, Double> best) {
    if (best == null) {
      return null;
    }
    final double[] costs = new double[plan.objectives().size()];
    int k = 0;
    for (final Map.Entry<String, Goal> one : plan.objectives().entrySet()) {
      final Double value = best.get(one.getKey());
      if (value == null
          || Bound.GOOD.getOrDefault(one.getKey(), one.getValue()) != one.getValue()) {
        return null;
      }
      costs[k++] = one.getValue().cost(value);
    }
    return costs;
  }

  /**
   * What came of something that may fail.
   *
   * @param value null if it failed
   * @param status how it failed
   * @param reason why
   */
  private record Attempt<T>(T value, Row.Status status, String reason) {
    static <T> Attempt<T> of(final Supplier<T> work) {
      try {
        return new Attempt<>(work.get(), Row.Status.DONE, "");
      } catch (final InvalidInputException e) {
        final List<String> said = e.problems().stream().map(Problem::toString).distinct().toList();
        return new Attempt<>(null, Row.Status.FAILED, String.join("; ", said));
      } catch (final LawViolation e) {
        return new Attempt<>(null, Row.Status.DEFECT, "law violated: " + e.getMessage());
      } catch (final RuntimeException e) {
        return new Attempt<>(null, Row.Status.DEFECT, "internal error: " + e);
      }
    }

    <U> Attempt<U> then(final java.util.function.Function<T, U> next) {
      return value == null
          ? new Attempt<>(null, status, reason)
          : Attempt.of(() -> next.apply(value));
    }
  }
}
