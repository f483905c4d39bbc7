package org.inferchip.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.inferchip.explore.pareto.Front;
import org.inferchip.explore.pareto.Goal;
import org.inferchip.explore.pareto.Knee;
import org.inferchip.explore.sweep.Row;
import org.inferchip.explore.sweep.SweepPlan;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.HeatMap;
import org.inferchip.report.chart.Pareto;

/**
 * Charts of a sweep: for each model, designs that meet all constraints over every two objectives
 * with the front of these two; for each system and model, the best of the first objective over the
 * two axes of numbers that stand last in the file.
 */
final class SweepCharts {
  private final SweepPlan plan;
  private final List<Row> rows;
  private final ChartFiles files;

  SweepCharts(final SweepPlan plan, final List<Row> rows, final ResultFolder folder) {
    this.plan = plan;
    this.rows = rows.stream().filter(Row::feasible).toList();
    this.files = new ChartFiles(folder);
  }

  void write() {
    final List<String> objectives = List.copyOf(plan.objectives().keySet());
    by("model")
        .forEach(
            (model, own) -> {
              for (int i = 0; i < objectives.size(); i++) {
                for (int j = i + 1; j < objectives.size(); j++) {
                  pareto(model, own, objectives.get(i), objectives.get(j));
                }
              }
            });
    final List<String> axes = plan.numericAxes();
    if (axes.size() > 1) {
      final String y = axes.get(axes.size() - 2);
      final String x = axes.get(axes.size() - 1);
      by("model", "system").forEach((name, own) -> heat(name, own, x, y, objectives.get(0)));
    }
  }

  private Map<String, List<Row>> by(final String... columns) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row ->
                    Arrays.stream(columns)
                        .map(column -> String.valueOf(plan.columns().value(row, column)))
                        .collect(Collectors.joining(" on ")),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private void pareto(final String model, final List<Row> all, final String x, final String y) {
    final List<Row> own =
        all.stream()
            .filter(row -> !Double.isNaN(number(row, x)) && !Double.isNaN(number(row, y)))
            .toList();
    final double[][] costs =
        own.stream().map(row -> new double[] {cost(row, x), cost(row, y)}).toArray(double[][]::new);
    final int[] front = Front.of(costs);
    if (front.length == 0) {
      return;
    }
    final int knee =
        front[Knee.of(Arrays.stream(front).mapToObj(i -> costs[i]).toArray(double[][]::new))];
    final List<Pareto.Design> designs = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      final Row row = own.get(i);
      designs.add(
          new Pareto.Design(
              "point " + row.point(),
              String.valueOf(plan.columns().value(row, "system")),
              number(row, x),
              number(row, y),
              Arrays.binarySearch(front, i) >= 0,
              i == knee));
    }
    files.write(
        name("pareto " + model + " " + x + " " + y), Pareto.of(model, axis(x), axis(y), designs));
  }

  private void heat(
      final String name, final List<Row> own, final String x, final String y, final String of) {
    final Ticks columns = ticks(own, x);
    final Ticks lines = ticks(own, y);
    final Goal goal = plan.objectives().get(of);
    final double[][] best = new double[lines.values.size()][columns.values.size()];
    Arrays.stream(best).forEach(line -> Arrays.fill(line, Double.NaN));
    for (final Row row : own) {
      final double[] line = best[lines.values.indexOf(number(row, y))];
      final int column = columns.values.indexOf(number(row, x));
      final double value = number(row, of);
      if (Double.isNaN(line[column]) || goal.cost(value) < goal.cost(line[column])) {
        line[column] = value;
      }
    }
    files.write(
        name("heat " + name + " " + of),
        HeatMap.of(
            name + ", best of the other values",
            Axis.linear(columns.label),
            columns.texts,
            Axis.linear(lines.label),
            lines.texts,
            axis(of),
            best));
  }

  /**
   * Values of a column as an axis has them.
   *
   * @param label with the unit
   * @param texts in that unit
   */
  private record Ticks(String label, List<Double> values, List<String> texts) {}

  private Ticks ticks(final List<Row> own, final String column) {
    final List<Double> values =
        List.copyOf(
            own.stream()
                .map(row -> number(row, column))
                .collect(Collectors.toCollection(TreeSet::new)));
    final SweepUnits units = SweepUnits.of(plan.columns().column(column), values);
    return new Ticks(units.label(), values, values.stream().map(units::text).toList());
  }

  private Axis axis(final String column) {
    return Axis.linear(SweepUnits.of(plan.columns().column(column), List.of()).label());
  }

  private double number(final Row row, final String column) {
    return plan.columns().number(row, column);
  }

  private double cost(final Row row, final String objective) {
    return plan.objectives().get(objective).cost(number(row, objective));
  }

  private static String name(final String words) {
    return words.replaceAll("[^A-Za-z0-9.]+", "-");
  }
}
