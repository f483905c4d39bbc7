package org.inferchip.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.explore.sweep.Column;
import org.inferchip.explore.sweep.Columns;
import org.inferchip.explore.sweep.Condition;
import org.inferchip.explore.sweep.Findings;
import org.inferchip.explore.sweep.Row;
import org.inferchip.explore.sweep.Slope;
import org.inferchip.explore.sweep.SweepPlan;
import org.inferchip.explore.sweep.SweepReader;
import org.inferchip.explore.sweep.SweepRun;
import org.inferchip.report.SweepResult;
import org.inferchip.units.Problems;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sweep}: many designs, kept in a store. */
@Command(
    name = "sweep",
    description = {
      "Simulates every design of a sweep file and says which of them are worth a look.",
      "Points go to an SQLite store one by one; a sweep that was killed goes on with --resume."
    },
    footer = "  inferchip sweep three-designs --store three.db --prune --out reports/three")
final class SweepCommand extends BaseCommand {
  private static final int SHOWN = 20;
  private static final int DIGITS = 4;

  @Parameters(paramLabel = "SWEEP", description = "Sweep, by name or path.")
  private String sweep;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      order = 10,
      description = "Keep the points in this SQLite file (default: in memory only).")
  private Path store;

  @Option(
      names = "--resume",
      order = 11,
      description = "Go on with the store, if it is there already.")
  private boolean resume;

  @Option(
      names = "--prune",
      order = 12,
      description =
          "Leave out points whose lower bound breaks a constraint or is beaten by a design"
              + " already simulated; they are counted, with their reason.")
  private boolean prune;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      order = 13,
      description =
          "Compare and write only the points of which it holds, such as"
              + " 'tpot_ms < 20 && area_mm2 <= 858'.")
  private String where;

  @Override
  protected void check(final Problems problems) {
    if (resume && store == null) {
      problems.add(
          Checks.at("--resume", "there is no store to go on with", "no --store", "--store FILE"));
    }
  }

  @Override
  protected int run() {
    final long start = System.nanoTime();
    final Map<String, String> identity = new LinkedHashMap<>();
    identity.put("program", BuildInfo.text());
    identity.put("pruning", prune ? "on" : "off");
    final SweepPlan plan = SweepReader.read(sweep, common().givenSeed(), identity.toString());
    final Optional<Condition> condition =
        Optional.ofNullable(where)
            .map(text -> Condition.parse(text, "--where", plan.columns().all()));
    final SweepRun run =
        new SweepRun(
            plan,
            new SweepRun.Options(
                Optional.ofNullable(store),
                resume,
                common().threads(),
                prune,
                common().seed(),
                identity));
    final Progress[] bar = {Progress.hidden()};
    final SweepRun.Outcome outcome;
    try {
      outcome = run.run(left -> bar[0] = progress("points", left), done -> bar[0].advance(1));
    } finally {
      bar[0].close();
    }
    final SweepResult result =
        new SweepResult(plan, outcome.rows(), chosen(plan.columns(), outcome.rows(), condition));
    withFolder(
        folder -> {
          if (folder != null) {
            result.write(folder);
          }
        });
    final double seconds = (System.nanoTime() - start) * 1e-9;
    final Map<String, Object> json = result.json();
    json.put("simulated_now", outcome.rows().size() - outcome.before());
    json.put("wall_s", seconds);
    result(json, texts(plan, result, outcome, seconds).toArray());
    return result.count(Row.Status.DEFECT) == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private static List<Row> chosen(
      final Columns columns, final List<Row> rows, final Optional<Condition> condition) {
    return rows.stream()
        .filter(row -> condition.map(c -> c.holds(name -> columns.value(row, name))).orElse(true))
        .toList();
  }

  private static List<Object> texts(
      final SweepPlan plan,
      final SweepResult result,
      final SweepRun.Outcome outcome,
      final double seconds) {
    final List<Object> texts = new ArrayList<>();
    texts.add(
        plan.size()
            + " points: "
            + result.count(Row.Status.DONE)
            + " done, "
            + (result.count(Row.Status.FAILED) + result.count(Row.Status.DEFECT))
            + " failed, "
            + result.count(Row.Status.PRUNED)
            + " pruned; "
            + (outcome.rows().size() - outcome.before())
            + " of them now, in "
            + Table.number(seconds)
            + " s");
    for (final String key : List.of("failed_by_reason", "defects_by_reason", "pruned_by_reason")) {
      final Map<?, ?> reasons = (Map<?, ?>) result.json().get(key);
      if (!reasons.isEmpty()) {
        final Table table = new Table().right("points").left(key.replace('_', ' '));
        reasons.forEach((reason, count) -> table.row(count, reason));
        texts.add(table);
      }
    }
    result.findings().fronts().forEach(front -> texts.add(front(plan, front)));
    if (!result.findings().slopes().isEmpty()) {
      texts.add(slopes(result.findings().slopes()));
    }
    return texts;
  }

  private static String front(final SweepPlan plan, final Findings.Comparison of) {
    final Table table = new Table().left("").right("point").left("system");
    plan.axes().forEach(table::right);
    plan.objectives().keySet().forEach(table::right);
    int shown = 0;
    for (final Row row : of.front()) {
      final boolean knee = row.equals(of.knee());
      if (shown++ >= SHOWN && !knee) {
        continue;
      }
      final List<Object> cells = new ArrayList<>();
      cells.add(knee ? "knee" : "");
      cells.add(row.point());
      cells.add(plan.columns().value(row, "system"));
      plan.axes().forEach(axis -> cells.add(spelled(plan.columns(), row, axis)));
      plan.objectives().keySet().forEach(name -> cells.add(plan.columns().value(row, name)));
      table.row(cells.toArray());
    }
    return of.model()
        + (of.work().isEmpty() ? "" : ", " + of.work())
        + ": "
        + of.front().size()
        + " of "
        + of.compared()
        + " designs are on the front"
        + (of.front().size() > SHOWN ? " (the first " + SHOWN + " and the knee are shown)" : "")
        + "\n"
        + table;
  }

  /** What varies, as a description spells it. */
  private static Object spelled(final Columns columns, final Row row, final String name) {
    final Object value = columns.value(row, name);
    final Column column = columns.column(name);
    return value instanceof final Number number && column.dimension().isPresent()
        ? new Quantity(number.doubleValue() / column.perBase(), column.dimension().get())
            .rounded(DIGITS)
        : value;
  }

  private static Table slopes(final List<Slope> slopes) {
    final Table table =
        new Table()
            .left("system")
            .left("model")
            .left("1 % more of")
            .left("changes")
            .right("by", "%")
            .right("least", "%")
            .right("most", "%")
            .right("pairs");
    for (final Slope one : slopes) {
      table.row(
          one.system(),
          one.model(),
          one.parameter(),
          one.figure(),
          one.mean(),
          one.least(),
          one.most(),
          one.pairs());
    }
    return table;
  }
}
