package org.inferchip.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.report.LayerGantt;
import org.inferchip.report.LayerTimeline;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepProfile;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code step}: one step of a model, operator by operator. */
@Command(
    name = "step",
    description = "Simulates one step of a model, operator by operator.",
    footer = "  inferchip step --system h100-sxm --model llama-3.1-8b --decode 64 --context 2048")
final class StepCommand extends BaseCommand {
  @Mixin private StepOptions step;
  @Mixin private LaidOptions laid;

  @Override
  protected void check(final Problems problems) {
    step.check(problems);
    laid.check(problems);
  }

  @Override
  protected int run() {
    final Plan plan = laid.plan();
    final SystemOptions options = laid.systems();
    final StepProfile profile =
        StepProfile.of(plan, step.shape(), options.detail(), options.mappings());
    withFolder(
        folder -> {
          if (folder != null) {
            final String title = plan.model().name() + " on " + plan.system().name();
            LayerGantt.draw(
                folder, title, LayerTimeline.write(folder, title, profile, options.detail()));
          }
        });
    final List<Map<String, Object>> operators = new ArrayList<>();
    final Table table =
        new Table()
            .left("operator")
            .right("count")
            .right("latency", "us")
            .right("share", "%")
            .right("bound", "us")
            .left("limiter")
            .right("energy", "uJ")
            .left("mapping");
    for (final StepProfile.Line line : profile.lines()) {
      operators.add(json(line));
      table.row(
          line.result().operator().name(),
          line.count(),
          line.result().latencyPicos() * 1e-6,
          Table.percent(
              (double) line.count() * line.result().latencyPicos() / profile.latencyPicos()),
          line.result().bounds().lower() * 1e-6,
          line.result().limiter().name().toLowerCase(Locale.ROOT),
          line.result().energy().total() * 1e6,
          line.result().choice().text());
    }
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("latency_us", profile.latencyPicos() * 1e-6);
    json.put("host_us", profile.hostPicos() * 1e-6);
    json.put("tokens", step.shape().tokens());
    json.put("chips", plan.packages());
    json.put("layout", plan.layout());
    json.put("energy_uj", profile.energyJoules() * 1e6);
    json.put("operators", operators);
    json.put("warnings", profile.fallbacks());
    profile.fallbacks().forEach(warning -> message("warning: " + warning));
    result(
        json,
        String.format(
            Locale.ROOT,
            "%s on %d x %s (%s; %s): %s us, of it host and crossings %s us",
            plan.model().name(),
            plan.packages(),
            plan.system().chip().name(),
            plan.weights().key(),
            plan.layout(),
            Table.number(profile.latencyPicos() * 1e-6),
            Table.number(profile.hostPicos() * 1e-6)),
        table);
    return ExitCode.DONE;
  }

  private static Map<String, Object> json(final StepProfile.Line line) {
    final OperatorResult result = line.result();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.operator().name());
    json.put("count", line.count());
    json.put("latency_us", result.latencyPicos() * 1e-6);
    json.put("launch_us", result.launchPicos() * 1e-6);
    json.put("bound_us", bounds(result));
    json.put("limiter", result.limiter().name().toLowerCase(Locale.ROOT));
    json.put("energy_uj", result.energy().total() * 1e6);
    json.put("mapping", result.choice().text());
    return json;
  }

  /** Lower bounds by resource. */
  static Map<String, Object> bounds(final OperatorResult result) {
    final Map<String, Object> bounds = new LinkedHashMap<>();
    bounds.put("compute", result.bounds().compute() * 1e-6);
    bounds.put("memory", result.bounds().memory() * 1e-6);
    bounds.put("link", result.bounds().link() * 1e-6);
    return bounds;
  }
}
