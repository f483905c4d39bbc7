package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inferchip.explore.sweep.Column;
import org.inferchip.explore.sweep.Findings;
import org.inferchip.explore.sweep.Row;
import org.inferchip.explore.sweep.Slope;
import org.inferchip.explore.sweep.SweepPlan;

/** What a sweep found, as JSON and CSV: flat columns of one type, units in their names. */
public final class SweepResult {
  private final SweepPlan plan;
  private final List<Row> rows;
  private final List<Row> chosen;
  private final Findings findings;

  /**
   * A result.
   *
   * @param rows all that are finished
   * @param chosen those that are to be compared
   */
  public SweepResult(final SweepPlan plan, final List<Row> rows, final List<Row> chosen) {
    this.plan = plan;
    this.rows = List.copyOf(rows);
    this.chosen = List.copyOf(chosen);
    this.findings = Findings.of(plan, chosen);
  }

  /** Fronts and slopes of the chosen rows. */
  public Findings findings() {
    return findings;
  }

  /** How many rows ended so. */
  public long count(final Row.Status status) {
    return rows.stream().filter(row -> row.status() == status).count();
  }

  /** The JSON form. */
  public Map<String, Object> json() {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("sweep", plan.sweep().name());
    json.put("points", plan.size());
    json.put("done", count(Row.Status.DONE));
    json.put("failed", count(Row.Status.FAILED) + count(Row.Status.DEFECT));
    json.put("pruned", count(Row.Status.PRUNED));
    json.put("defects", count(Row.Status.DEFECT));
    json.put("feasible", rows.stream().filter(Row::feasible).count());
    json.put("chosen", chosen.size());
    json.put("failed_by_reason", reasons(Row.Status.FAILED));
    json.put("defects_by_reason", reasons(Row.Status.DEFECT));
    json.put("pruned_by_reason", reasons(Row.Status.PRUNED));
    json.put("constraints", plan.sweep().constraints().orElse(List.of()));
    json.put("objectives", plan.objectives());
    final List<Map<String, Object>> pareto = new ArrayList<>();
    for (final Findings.Comparison front : findings.fronts()) {
      for (final Row row : front.front()) {
        final Map<String, Object> one = values(row);
        one.put("knee", row.equals(front.knee()));
        pareto.add(one);
      }
    }
    json.put("pareto", pareto);
    json.put("slopes", findings.slopes());
    json.put("build", Build.current());
    json.put("inputs_sha256", plan.hash());
    return json;
  }

  /** How often each reason was given; numbers of other points in it count as one. */
  private Map<String, Integer> reasons(final Row.Status status) {
    final Map<String, Integer> counts = new TreeMap<>();
    for (final Row row : rows) {
      if (row.status() == status) {
        counts.merge(row.reason().replaceAll("^point \\d+ ", "another point "), 1, Integer::sum);
      }
    }
    return counts;
  }

  private Map<String, Object> values(final Row row) {
    final Map<String, Object> values = new LinkedHashMap<>();
    values.put("point", row.point());
    for (final Column column : plan.columns().all()) {
      values.put(column.name(), plan.columns().value(row, column.name()));
    }
    return values;
  }

  /** The chosen rows, all columns. */
  public String points() {
    return csv(chosen);
  }

  /** The rows of the fronts, all columns. */
  public String pareto() {
    return csv(findings.fronts().stream().flatMap(front -> front.front().stream()).toList());
  }

  private String csv(final List<Row> of) {
    final StringBuilder csv = new StringBuilder("point,status,reason,feasible");
    plan.columns().names().forEach(name -> csv.append(',').append(name));
    csv.append('\n');
    for (final Row row : of) {
      csv.append(row.point()).append(',');
      csv.append(row.status().name().toLowerCase(Locale.ROOT)).append(',');
      csv.append(ResultCsv.quoted(row.reason())).append(',').append(row.feasible());
      row.values().forEach(value -> csv.append(',').append(cell(value)));
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String cell(final Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof final Double number
        ? Json.number(number)
        : ResultCsv.quoted(value.toString());
  }

  /** How objectives follow what varies. */
  public String slopes() {
    final StringBuilder csv =
        new StringBuilder("system,model,parameter,figure,pairs,mean,least,most\n");
    for (final Slope one : findings.slopes()) {
      csv.append(ResultCsv.quoted(one.system())).append(',');
      csv.append(ResultCsv.quoted(one.model())).append(',');
      csv.append(one.parameter()).append(',').append(one.figure()).append(',');
      csv.append(one.pairs()).append(',').append(Json.number(one.mean())).append(',');
      csv.append(Json.number(one.least())).append(',');
      csv.append(Json.number(one.most())).append('\n');
    }
    return csv.toString();
  }

  /** Writes all tables and charts. */
  public void write(final ResultFolder folder) {
    folder.write("points.csv", points());
    folder.write("pareto.csv", pareto());
    folder.write("slopes.csv", slopes());
    new SweepCharts(plan, chosen, folder).write();
  }
}
