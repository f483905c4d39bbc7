package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Elasticities from a sweep's own points, wherever two are neighbours on a grid. */
final class Slopes {
  private Slopes() {}

  /** The slopes of all objectives along all axes of numbers, by system and model. */
  static List<Slope> of(final SweepPlan plan, final List<Row> rows) {
    final List<Slope> all = new ArrayList<>();
    final List<Row> done = rows.stream().filter(r -> r.status() == Row.Status.DONE).toList();
    for (final String axis : plan.numericAxes()) {
      final Map<List<Object>, DoubleSummaryStatistics> found = new LinkedHashMap<>();
      for (final List<Row> line : lines(plan, done, axis)) {
        for (int i = 1; i < line.size(); i++) {
          add(plan, axis, line.get(i - 1), line.get(i), found);
        }
      }
      found.forEach((key, slopes) -> all.add(slope(axis, key, slopes)));
    }
    return all;
  }

  /** Rows that are equal in all that varies but one axis, by that axis. */
  private static Iterable<List<Row>> lines(
      final SweepPlan plan, final List<Row> rows, final String axis) {
    final Map<List<Object>, List<Row>> lines = new LinkedHashMap<>();
    for (final Row row : rows) {
      final List<Object> others = new ArrayList<>();
      others.add(plan.columns().value(row, "system"));
      others.add(plan.columns().value(row, "model"));
      for (final String other : plan.axes()) {
        others.add(other.equals(axis) ? "" : plan.columns().value(row, other));
      }
      lines.computeIfAbsent(others, key -> new ArrayList<>()).add(row);
    }
    lines
        .values()
        .forEach(
            line -> line.sort(Comparator.comparingDouble(row -> plan.columns().number(row, axis))));
    return lines.values();
  }

  private static void add(
      final SweepPlan plan,
      final String axis,
      final Row low,
      final Row high,
      final Map<List<Object>, DoubleSummaryStatistics> found) {
    final Columns columns = plan.columns();
    final double factor = columns.number(high, axis) / columns.number(low, axis);
    for (final String figure : plan.objectives().keySet()) {
      final double ratio = columns.number(high, figure) / columns.number(low, figure);
      if (factor > 0 && factor != 1 && ratio > 0) {
        found
            .computeIfAbsent(
                List.of(columns.value(low, "system"), columns.value(low, "model"), figure),
                key -> new DoubleSummaryStatistics())
            .accept(StrictMath.log(ratio) / StrictMath.log(factor));
      }
    }
  }

  private static Slope slope(
      final String axis, final List<Object> key, final DoubleSummaryStatistics of) {
    return new Slope(
        (String) key.get(0),
        (String) key.get(1),
        axis,
        (String) key.get(2),
        (int) of.getCount(),
        of.getAverage(),
        of.getMin(),
        of.getMax());
  }
}
