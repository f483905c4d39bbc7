package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.engine.Detail;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.TypicalStep;
import org.inferchip.explore.uncertainty.Uncertainty;
import org.inferchip.lowering.StepShape;
import org.inferchip.report.Comparison;
import org.inferchip.report.LayerTimeline;
import org.inferchip.report.Result;
import org.inferchip.report.ResultFolder;
import org.inferchip.report.ResultWriter;
import org.inferchip.report.SystemResult;
import org.inferchip.report.chart.Gantt;
import org.inferchip.trace.Trace;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: one system serves a trace. */
@Command(
    name = "run",
    description = "Replays a trace on one system, named by options or in a scenario file.",
    footer = {
      "  inferchip run --system h100-sxm --model llama-3.1-8b --trace chat-azure-like",
      "  inferchip run chat-h100 --max-requests 100",
      "  inferchip run chat-h100 --replicas 4 --router least-tokens"
    })
final class RunCommand extends BaseCommand {
  @Mixin private WorkOptions work;
  @Mixin private FleetOptions fleet;
  @Mixin private DrawOptions draws;
  @Mixin private LoadOptions loads;

  @Override
  protected void check(final Problems problems) {
    work.check(problems, common(), fleet);
    draws.check(problems);
    if (draws.wanted() && fleet.wanted()) {
      problems.add(
          Checks.at("--draws", "draws are of one instance", fleet.words(), "either of them"));
    }
    loads.check(problems);
    WorkOptions.required(problems, "--trace", work.serving().traceName());
  }

  @Override
  protected int run() {
    final int[] code = {ExitCode.DONE};
    withFolder(
        folder -> {
          final long start = System.nanoTime();
          final long seed = work.seed(common());
          final Trace trace = work.serving().trace();
          loads.check(trace);
          final Uncertainty.Run served = work.serve(seed, this::progress);
          final Evaluation evaluation = served.served().evaluation();
          final SystemResult single =
              draws.wanted()
                  ? SystemResult.of(
                          List.of(evaluation),
                          draws.of(List.of(served), work.serving().systems(), seed),
                          seed)
                      .get(0)
                  : SystemResult.of(evaluation, seed);
          final SystemResult outcome =
              loads.wanted() ? single.withLoads(loads.of(served.served(), trace)) : single;
          if (folder != null) {
            final SystemResult watched = outcome.withLayer(timeline(folder, evaluation));
            new ResultWriter(folder).write(new Result(false, List.of(watched), commandLine()));
          }
          final double seconds = (System.nanoTime() - start) * 1e-9;
          final List<Object> texts = new ArrayList<>(TrustTables.of(List.of(outcome)));
          texts.add(0, CompareCommand.table(new Comparison(List.of(outcome)), seconds));
          if (fleet.wanted()) {
            texts.add(1, FleetTables.of(evaluation));
          }
          result(outcome.json().put("wall_s", seconds), texts.toArray());
          code[0] = work.serving().passes(evaluation) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
        });
    return code[0];
  }

  /** One layer of a decode step that stands for those of the run. */
  private List<Gantt.Stay> timeline(final ResultFolder folder, final Evaluation evaluation) {
    final StepShape step = TypicalStep.decode(evaluation);
    final Detail detail = work.serving().systems().detail();
    final String title =
        step.tokens() + " sequences of about " + step.decode().get(0).context() + " tokens";
    return LayerTimeline.write(
        folder,
        evaluation.plan().model().name() + " on " + evaluation.name() + ", " + title,
        TypicalStep.profile(evaluation.plan(), step, detail, work.serving().systems().mappings()),
        detail);
  }
}
