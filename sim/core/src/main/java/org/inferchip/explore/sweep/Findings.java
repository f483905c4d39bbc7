package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.pareto.Front;
import org.inferchip.explore.pareto.Knee;

/**
 * What the rows of a sweep say. Designs are compared that do the same work with the same model: a
 * front for each, of the rows that are done and meet all constraints.
 *
 * @param fronts one for each model and work, in the order of the file
 * @param slopes how objectives follow what varies
 */
public record Findings(List<Comparison> fronts, List<Slope> slopes) {

  /**
   * Designs of one front.
   *
   * @param model that they run
   * @param work what of the work varies, such as {@code work.batch=8}; empty if nothing does
   * @param compared how many designs were compared
   * @param front those that no other beats, by the first objective
   * @param knee the one of them that gives up least; null where there is none
   */
  public record Comparison(String model, String work, int compared, List<Row> front, Row knee) {}

  /** What the rows say; those may be of a sweep that is not finished, or a selection of it. */
  public static Findings of(final SweepPlan plan, final List<Row> rows) {
    final Map<String, List<Row>> groups = new LinkedHashMap<>();
    for (final Row row : rows) {
      groups.computeIfAbsent(plan.point(row.point()).workKey(), key -> new ArrayList<>()).add(row);
    }
    final List<Comparison> fronts = new ArrayList<>();
    groups.values().forEach(group -> fronts.add(front(plan, group)));
    return new Findings(fronts, Slopes.of(plan, rows));
  }

  private static Comparison front(final SweepPlan plan, final List<Row> group) {
    final List<Row> compared =
        group.stream()
            .filter(Row::feasible)
            .filter(row -> Arrays.stream(plan.costs(row)).noneMatch(Double::isNaN))
            .toList();
    final double[][] costs = compared.stream().map(plan::costs).toArray(double[][]::new);
    final List<Row> front = new ArrayList<>();
    Arrays.stream(Front.of(costs)).forEach(place -> front.add(compared.get(place)));
    front.sort(
        Comparator.comparingDouble((Row row) -> plan.costs(row)[0]).thenComparingInt(Row::point));
    final double[][] ordered = front.stream().map(plan::costs).toArray(double[][]::new);
    final Row first = group.get(0);
    return new Comparison(
        String.valueOf(plan.columns().value(first, "model")),
        plan.point(first.point()).work(),
        compared.size(),
        List.copyOf(front),
        front.isEmpty() ? null : front.get(Knee.of(ordered)));
  }
}
