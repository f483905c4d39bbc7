package org.inferchip.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.engine.Timing.UnitUse;
import org.inferchip.explore.Elasticity;
import org.inferchip.explore.Sensitivity;
import org.inferchip.explore.StepAccount;
import org.inferchip.model.Models;
import org.inferchip.report.Explanation;
import org.inferchip.report.LayerTimeline;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepProfile;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain}: where the time, joules and dollars of a step go. */
@Command(
    name = "explain",
    description =
        "Says where the time, energy and money of a step go, and what a better part would buy.",
    footer =
        "  inferchip explain --system h100-sxm --model llama-3.1-8b --decode 64 --context 2048")
final class ExplainCommand extends BaseCommand {
  @Option(names = "--system", paramLabel = "S", required = true, description = "System or chip.")
  private String system;

  @Option(names = "--model", paramLabel = "M", required = true, description = "Model.")
  private String model;

  @Mixin private StepOptions step;
  @Mixin private PlanOptions plan;
  @Mixin private SystemOptions options;

  @Override
  protected void check(final Problems problems) {
    step.check(problems);
    plan.check(problems);
  }

  @Override
  protected int run() {
    final Plan laid =
        Plan.of(options.read(system).value(), Models.here().read(model).model(), plan.wishes());
    final StepProfile profile =
        StepProfile.of(laid, step.shape(), options.detail(), options.mappings());
    final StepAccount account = StepAccount.of(profile);
    final List<Elasticity> elasticities =
        Sensitivity.of(
            profile, options.detail(), (path, value) -> options.read(system, path, value).value());
    final Explanation explanation = new Explanation(account, elasticities);
    withFolder(
        folder -> {
          if (folder != null) {
            final String title = laid.model().name() + " on " + laid.system().name();
            LayerTimeline.write(folder, title, profile, options.detail());
          }
        });
    result(
        explanation.json(),
        components("time", "us", explanation.time()),
        components("energy", "uJ", explanation.energy()),
        components("money", "u$", explanation.money()),
        operators(account),
        units(explanation),
        elasticities(elasticities),
        String.join("\n", explanation.sentences()));
    return ExitCode.DONE;
  }

  private static Table components(
      final String what, final String unit, final Map<String, Double> parts) {
    final double all = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    final Table table = new Table().left(what + " by component").right(what, unit).right("%");
    parts.forEach(
        (part, value) -> {
          if (value != 0) {
            table.row(part.replace('_', ' '), value, 100 * value / all);
          }
        });
    return table.row("all", all, 100.0);
  }

  private static Table operators(final StepAccount account) {
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
          100 * picos / profile.latencyPicos(),
          100 * profile.aboveIdle(line).total() / profile.energyJoules(),
          100 * account.dollars(line) / account.dollars(),
          result.limiter().name().toLowerCase(Locale.ROOT),
          unit.unit(),
          100.0 * unit.busyPicos() / unit.total(),
          Explanation.cause(unit));
    }
    return table;
  }

  private static Table units(final Explanation explanation) {
    final Table table = new Table().left("unit, % of the device time");
    final Map<String, Map<String, Double>> units = explanation.units();
    final List<String> causes = List.copyOf(units.values().iterator().next().keySet());
    causes.forEach(table::right);
    units.forEach(
        (unit, shares) -> {
          final Object[] cells = new Object[1 + causes.size()];
          cells[0] = unit;
          for (int i = 0; i < causes.size(); i++) {
            cells[1 + i] = 100 * shares.get(causes.get(i));
          }
          table.row(cells);
        });
    return table;
  }

  private static Table elasticities(final List<Elasticity> elasticities) {
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
