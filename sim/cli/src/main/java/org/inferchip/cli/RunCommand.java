package org.inferchip.cli;

import java.util.List;
import java.util.Map;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Models;
import org.inferchip.report.Comparison;
import org.inferchip.report.ResultJson;
import org.inferchip.report.ResultWriter;
import org.inferchip.trace.Trace;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: one system serves a trace. */
@Command(
    name = "run",
    description = "Replays a trace on one system.",
    footer = "  inferchip run --system h100-sxm --model llama-3.1-8b --trace chat-azure-like")
final class RunCommand extends BaseCommand {
  @Option(names = "--system", paramLabel = "S", order = 10, description = "System or chip.")
  private String system;

  @Mixin private ServingOptions serving;

  @Override
  protected void check(final Problems problems) {
    serving.check(problems);
    required(problems, "--system", system);
    required(problems, "--model", serving.model());
    required(problems, "--trace", serving.traceName());
  }

  /** Adds a problem if an option is missing. */
  static void required(final Problems problems, final String option, final Object value) {
    if (value == null) {
      problems.add(
          new Problem(
              CommandLineProblems.PLACE,
              0,
              0,
              option,
              "is missing",
              "nothing",
              "a name or path",
              ""));
    }
  }

  @Override
  protected int run() {
    final int[] code = {ExitCode.DONE};
    withFolder(
        folder -> {
          final long start = System.nanoTime();
          final long seed = common().seed();
          final Described<SystemDescription> described = serving.systems().read(system);
          final LoadedModel model = Models.here().read(serving.model());
          final Trace trace = serving.trace(seed);
          final Evaluation evaluation;
          try (Progress bar = progress(described.value().name(), trace.requests().size())) {
            evaluation =
                new Evaluator(serving.options(seed)).evaluate(described, model, trace, bar.part());
          }
          if (folder != null) {
            new ResultWriter(folder, seed, commandLine()).write(evaluation);
          }
          final Map<String, Object> json = ResultJson.of(evaluation, seed);
          json.put("wall_s", (System.nanoTime() - start) * 1e-9);
          result(json, CompareCommand.table(new Comparison(List.of(evaluation)), json));
          code[0] = exit(evaluation);
        });
    return code[0];
  }

  private int exit(final Evaluation evaluation) {
    final boolean missed = serving.requireObjectives() && evaluation.run().rates().attainment() < 1;
    return evaluation.sound() && !missed ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private String commandLine() {
    return "inferchip run --system "
        + system
        + " --model "
        + serving.model()
        + " --trace "
        + serving.traceName()
        + " --seed "
        + common().seed();
  }
}
