package org.inferchip.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.explore.FleetWishes;
import org.inferchip.explore.uncertainty.Uncertainty;
import org.inferchip.model.LoadedModel;
import org.inferchip.report.Comparison;
import org.inferchip.report.Result;
import org.inferchip.report.ResultWriter;
import org.inferchip.report.SystemResult;
import org.inferchip.simulation.Plan;
import org.inferchip.trace.Trace;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;
import org.inferchip.units.Tasks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code compare}: several systems serve the same trace. */
@Command(
    name = "compare",
    description = "Replays the same trace on several systems, side by side.",
    footer =
        "  inferchip compare h100-sxm groq-lpu-pod --model llama-3.1-8b --trace chat-azure-like")
final class CompareCommand extends BaseCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "SYSTEM",
      description = "Systems or chips, by name or path.")
  private List<String> systems = new ArrayList<>();

  @Mixin private ServingOptions serving;
  @Mixin private DrawOptions draws;
  @Mixin private LoadOptions loads;

  private final List<Described<SystemDescription>> described = new ArrayList<>();

  @Override
  protected void check(final Problems problems) {
    serving.check(problems);
    draws.check(problems);
    loads.check(problems);
    WorkOptions.required(problems, "--model", serving.modelName());
    WorkOptions.required(problems, "--trace", serving.traceName());
    for (final String system : systems) {
      problems.read(() -> serving.systems().read(system)).ifPresent(described::add);
    }
    serving.read(problems, common().seed());
    for (final String system : systems) {
      if (systems.indexOf(system) != systems.lastIndexOf(system)) {
        problems.add(Checks.at("SYSTEM", "a system is named twice", system, "different systems"));
        return;
      }
    }
  }

  @Override
  protected int run() {
    final int[] code = {ExitCode.DONE};
    withFolder(
        folder -> {
          final long start = System.nanoTime();
          final long seed = common().seed();
          final Trace trace = serving.trace();
          loads.check(trace);
          final List<Uncertainty.Run> runs = evaluate(trace, seed);
          final List<Evaluation> evaluations =
              runs.stream().map(one -> one.served().evaluation()).toList();
          final List<SystemResult> single =
              draws.wanted()
                  ? SystemResult.of(evaluations, draws.of(runs, serving.systems(), seed), seed)
                  : evaluations.stream().map(one -> SystemResult.of(one, seed)).toList();
          final List<SystemResult> results = loaded(single, runs, trace);
          if (folder != null) {
            new ResultWriter(folder).write(new Result(true, results, commandLine()));
          }
          final double seconds = (System.nanoTime() - start) * 1e-9;
          final Map<String, Object> json = ResultWriter.comparison(results);
          json.put("wall_s", seconds);
          final List<Object> texts = new ArrayList<>(TrustTables.of(results));
          texts.add(0, table(new Comparison(results), seconds));
          result(json, texts.toArray());
          code[0] =
              evaluations.stream().allMatch(serving::passes)
                  ? ExitCode.DONE
                  : ExitCode.CHECK_FAILED;
        });
    return code[0];
  }

  private List<SystemResult> loaded(
      final List<SystemResult> results, final List<Uncertainty.Run> runs, final Trace trace) {
    if (!loads.wanted()) {
      return results;
    }
    final List<SystemResult> more = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      more.add(results.get(i).withLoads(loads.of(runs.get(i).served(), trace)));
    }
    return more;
  }

  private List<Uncertainty.Run> evaluate(final Trace trace, final long seed) {
    distinct(described);
    final LoadedModel model = serving.model();
    final Problems unplaced = new Problems();
    described.forEach(
        one -> unplaced.read(() -> Plan.of(one.value(), model.model(), serving.wishes())));
    unplaced.throwIfAny();
    final Evaluator evaluator = new Evaluator(serving.options(FleetWishes.NONE, seed));
    try (Progress bar = progress("systems", (long) systems.size() * trace.requests().size())) {
      final List<Callable<Uncertainty.Run>> runs = new ArrayList<>();
      for (final Described<SystemDescription> system : described) {
        final LongConsumer part = bar.part();
        runs.add(() -> new Uncertainty.Run(system, evaluator.serve(system, model, trace, part)));
      }
      return Tasks.all(runs, common().threads());
    }
  }

  /** Two paths may lead to systems of one name, which names the columns and the folders. */
  private static void distinct(final List<Described<SystemDescription>> described) {
    final Set<String> names = new HashSet<>();
    for (final Described<SystemDescription> one : described) {
      if (!names.add(one.value().name())) {
        throw new InvalidInputException(
            Checks.at(
                "SYSTEM", "two systems have one name", one.value().name(), "different names"));
      }
    }
  }

  /** The rows of a comparison as a console table, with the time it took below. */
  static String table(final Comparison comparison, final double seconds) {
    return table(comparison) + "\nsimulated in " + Table.number(seconds) + " s\n";
  }

  /** The rows of a comparison as a console table. */
  static String table(final Comparison comparison) {
    final Table table = new Table().left("");
    comparison.names().forEach(table::right);
    comparison
        .rows()
        .forEach(
            (label, figures) -> {
              final List<Object> cells = new ArrayList<>(List.of(label));
              cells.addAll(figures);
              table.row(cells.toArray());
            });
    final StringBuilder text = new StringBuilder(table.toString());
    comparison.sentences().forEach(sentence -> text.append('\n').append(sentence));
    return text.toString();
  }
}
