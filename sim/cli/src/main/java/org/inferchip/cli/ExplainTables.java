package org.inferchip.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.engine.Timing.UnitUse;
import org.inferchip.explore.Elasticity;
import org.inferchip.explore.StepAccount;
import org.inferchip.explore.TypicalStep;
import org.inferchip.report.Explanation;
import org.inferchip.report.RunExplanation;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.StepProfile;

/** The console tables of {@code explain}. */
final class ExplainTables {
  private ExplainTables() {}

  /** What a step that stands for a run is. */
  static String title(final TypicalStep step) {
    final String tokens =
        step.shape().decode().isEmpty()
            ? "a prompt of " + step.shape().tokens() + " tokens"
            : step.shape().tokens()
                + " sequences of about "
                + step.shape().decode().get(0).context()
                + " tokens";
    return String.format(
        Locale.ROOT,
        "typical %s step, %s, stands for %.1f %% of the step time:",
        step.name(),
        tokens,
        100 * step.share());
  }

  /** The operators of a run. */
  static Table operators(final RunExplanation explanation) {
    final Table table =
        new Table()
            .left("operator")
            .right("calls")
            .right("time", "s")
            .right("time", "%")
            .right("bound / time", "%")
            .right("energy", "J")
            .right("energy", "%")
            .right("money", "%");
    for (final Map<String, Object> row : explanation.operators()) {
      table.row(
          row.get("name"),
          row.get("calls"),
          row.get("time_s"),
          percent(row, "time_share"),
          percent(row, "bound_share"),
          row.get("energy_j"),
          percent(row, "energy_share"),
          percent(row, "usd_share"));
    }
    return table;
  }

  private static String percent(final Map<String, Object> row, final String key) {
    return Table.percent((Double) row.get(key));
  }

  static Table components(final String what, final String unit, final Map<String, Double> parts) {
    final double all = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    final Table table = new Table().left(what + " by component").right(what, unit).right("%");
    parts.forEach(
        (part, value) -> {
          if (value != 0) {
            table.row(part.replace('_', ' '), value, Table.percent(value / all));
          }
        });
    return table.row("all", all, Table.percent(1));
  }

  static Table operators(final StepAccount account) {
    final StepProfile profile = account.profile();
    final Table table =
        new Table()
            .left("operator")
            .right("count")
            .right("time", "us")
            .right("time", "%")
            .right("energy", "%")
            .right("money", "%")
            .left("limiter")
            .left("critical unit")
            .right("busy", "%")
            .left("waits for");
    for (final StepProfile.Line line : profile.lines()) {
      final OperatorResult result = line.result();
      final UnitUse unit = Explanation.critical(result);
      final double picos = (double) line.count() * result.latencyPicos();
      table.row(
          result.operator().name(),
          line.count(),
          picos * 1e-6,
          Table.percent(picos / profile.latencyPicos()),
          Table.percent(profile.aboveIdle(line).total() / profile.energyJoules()),
          Table.percent(account.dollars(line) / account.dollars()),
          result.limiter().name().toLowerCase(Locale.ROOT),
          unit.unit(),
          Table.percent((double) unit.busyPicos() / unit.total()),
          Explanation.cause(unit));
    }
    return table;
  }

  static Table units(final Explanation explanation) {
    final Table table = new Table().left("unit, % of the device time");
    final Map<String, Map<String, Double>> units = explanation.units();
    final List<String> causes = List.copyOf(units.values().iterator().next().keySet());
    causes.forEach(table::right);
    units.forEach(
        (unit, shares) -> {
          final Object[] cells = new Object[1 + causes.size()];
          cells[0] = unit;
          for (int i = 0; i < causes.size(); i++) {
            cells[1 + i] = Table.percent(shares.get(causes.get(i)));
          }
          table.row(cells);
        });
    return table;
  }

  static Table elasticities(final List<Elasticity> elasticities) {
    final Table table =
        new Table()
            .left("parameter (elasticity of)")
            .right("value")
            .right("latency")
            .right("tokens/J")
            .right("tokens/$");
    for (final Elasticity one : elasticities) {
      table.row(
          one.parameter(),
          one.value(),
          rounded(one.latency()),
          rounded(one.tokensPerJoule()),
          rounded(one.tokensPerUsd()));
    }
    return table;
  }

  private static String rounded(final double elasticity) {
    return String.format(Locale.ROOT, "%+.3f", elasticity);
  }
}
