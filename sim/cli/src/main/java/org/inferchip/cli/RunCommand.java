package org.inferchip.cli;

import java.util.List;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.explore.Scenario;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Models;
import org.inferchip.report.Comparison;
import org.inferchip.report.LayerTimeline;
import org.inferchip.report.Result;
import org.inferchip.report.ResultFolder;
import org.inferchip.report.ResultWriter;
import org.inferchip.report.SystemResult;
import org.inferchip.simulation.StepProfile;
import org.inferchip.trace.Trace;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: one system serves a trace. */
@Command(
    name = "run",
    description = "Replays a trace on one system, named by options or in a scenario file.",
    footer = {
      "  inferchip run --system h100-sxm --model llama-3.1-8b --trace chat-azure-like",
      "  inferchip run chat-h100 --max-requests 100"
    })
final class RunCommand extends BaseCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "Scenario, by name or path; options stand over it.")
  private String scenario;

  @Option(names = "--system", paramLabel = "S", order = 10, description = "System or chip.")
  private String system;

  @Mixin private ServingOptions serving;

  private Described<Scenario> described;

  @Override
  protected void check(final Problems problems) {
    if (scenario != null) {
      described = Descriptions.here().read(Scenario.KIND, scenario, Overrides.none());
      system = system == null ? described.value().system() : system;
      serving.fillFrom(described.value());
    }
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
          final long seed = seed();
          final Described<SystemDescription> read = serving.systems().read(system);
          final LoadedModel model = Models.here().read(serving.model());
          final Trace trace = serving.trace(seed);
          final Evaluation evaluation;
          try (Progress bar = progress(read.value().name(), trace.requests().size())) {
            evaluation =
                new Evaluator(serving.options(seed)).evaluate(read, model, trace, bar.part());
          }
          final SystemResult outcome = SystemResult.of(evaluation, seed);
          if (folder != null) {
            new ResultWriter(folder).write(new Result(false, List.of(outcome), commandLine()));
            timeline(folder, evaluation);
          }
          final double seconds = (System.nanoTime() - start) * 1e-9;
          result(
              outcome.json().put("wall_s", seconds),
              CompareCommand.table(new Comparison(List.of(outcome)), seconds));
          code[0] = exit(evaluation);
        });
    return code[0];
  }

  /** One layer of a decode step that stands for those of the run. */
  private void timeline(final ResultFolder folder, final Evaluation evaluation) {
    final StepShape step = LayerTimeline.typical(evaluation);
    final Detail detail = serving.systems().detail();
    final String title =
        step.tokens() + " sequences of about " + step.decode().get(0).context() + " tokens";
    LayerTimeline.write(
        folder,
        evaluation.plan().model().name() + " on " + evaluation.name() + ", " + title,
        StepProfile.of(evaluation.plan(), step, detail, serving.systems().mappings()),
        detail);
  }

  private long seed() {
    return common().seed(described == null ? 1 : described.value().seed().orElse(1L));
  }

  private int exit(final Evaluation evaluation) {
    final boolean missed = serving.requireObjectives() && evaluation.run().rates().attainment() < 1;
    return evaluation.sound() && !missed ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }
}
