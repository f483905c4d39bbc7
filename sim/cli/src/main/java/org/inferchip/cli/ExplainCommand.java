package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.engine.Detail;
import org.inferchip.explore.Elasticity;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Sensitivity;
import org.inferchip.explore.StepAccount;
import org.inferchip.explore.TypicalStep;
import org.inferchip.report.Explanation;
import org.inferchip.report.LayerGantt;
import org.inferchip.report.LayerTimeline;
import org.inferchip.report.RunExplanation;
import org.inferchip.report.SystemResult;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepProfile;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code explain}: where the time, joules and dollars of a step or of a run go. */
@Command(
    name = "explain",
    description = {
      "Says where the time, energy and money of a step or run go.",
      "Also what the critical unit of each operator does, and what a better part would buy.",
      "A step is named as for step (--prefill, --decode), a run as for run (--trace or SCENARIO)."
    },
    footer = {
      "  inferchip explain --system h100-sxm --model llama-3.1-8b --decode 64 --context 2048",
      "  inferchip explain --system h100-sxm --model llama-3.1-8b --trace chat-azure-like"
    })
final class ExplainCommand extends BaseCommand {
  @Mixin private WorkOptions work;
  @Mixin private StepOptions step;

  @Override
  protected void check(final Problems problems) {
    work.check(problems, common());
    final boolean run = work.serving().traceName() != null;
    if (!run) {
      step.check(problems, "--prefill N or --decode B for a step, --trace T for a run");
    } else if (step.given()) {
      problems.add(
          Checks.at(
              "--trace",
              "a run has the steps of its trace, so it takes no --prefill, --decode or --context",
              work.serving().traceName(),
              "either of them"));
    }
  }

  @Override
  protected int run() {
    return work.serving().traceName() == null ? explainStep() : explainRun();
  }

  private int explainStep() {
    final SystemOptions systems = work.serving().systems();
    final Plan plan =
        Plan.of(work.system().value(), work.serving().model().model(), work.serving().wishes());
    final StepProfile profile =
        StepProfile.of(plan, step.shape(), systems.detail(), systems.mappings());
    final StepAccount account = StepAccount.of(profile);
    final List<Elasticity> elasticities = elasticities(profile);
    final Explanation explanation = new Explanation(account, elasticities);
    timeline(plan.model().name() + " on " + plan.system().name(), profile);
    result(
        explanation.json(),
        ExplainTables.components("time", "us", explanation.time()),
        ExplainTables.components("energy", "uJ", explanation.energy()),
        ExplainTables.components("money", "u$", explanation.money()),
        ExplainTables.operators(account),
        ExplainTables.units(explanation),
        ExplainTables.elasticities(elasticities),
        String.join("\n", explanation.sentences()));
    return ExitCode.DONE;
  }

  private int explainRun() {
    final long seed = work.seed(common());
    final Evaluation evaluation = work.evaluate(seed, this::progress);
    final Plan plan = evaluation.plan();
    final SystemOptions systems = work.serving().systems();
    final List<TypicalStep> steps = TypicalStep.of(evaluation);
    final List<StepAccount> accounts = new ArrayList<>();
    final List<List<Elasticity>> each = new ArrayList<>();
    final List<Explanation> explanations = new ArrayList<>();
    for (final TypicalStep one : steps) {
      final StepProfile profile =
          TypicalStep.profile(plan, one.shape(), systems.detail(), systems.mappings());
      accounts.add(StepAccount.of(profile));
      each.add(elasticities(profile));
      explanations.add(new Explanation(StepAccount.of(profile), each.get(each.size() - 1)));
    }
    final List<Elasticity> elasticities =
        Sensitivity.ofRun(each, accounts, steps.stream().map(TypicalStep::share).toList());
    final RunExplanation explanation =
        new RunExplanation(SystemResult.of(evaluation, seed), steps, explanations, elasticities);
    timeline(plan.model().name() + " on " + evaluation.name(), accounts.get(0).profile());
    final List<Object> texts = new ArrayList<>();
    texts.add(ExplainTables.components("time", "s", explanation.time()));
    texts.add(ExplainTables.components("energy", "J", explanation.energy()));
    texts.add(ExplainTables.components("money", "$", explanation.money()));
    texts.add(ExplainTables.operators(explanation));
    for (int i = 0; i < steps.size(); i++) {
      texts.add(
          ExplainTables.title(steps.get(i)) + "\n" + ExplainTables.operators(accounts.get(i)));
    }
    texts.add(ExplainTables.elasticities(elasticities));
    texts.add(String.join("\n", explanation.sentences()));
    result(explanation.json(), texts.toArray());
    return work.serving().passes(evaluation) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private List<Elasticity> elasticities(final StepProfile profile) {
    final SystemOptions systems = work.serving().systems();
    return Sensitivity.of(
        profile,
        systems.detail(),
        (path, value) -> systems.read(work.systemName(), path, value).value());
  }

  private void timeline(final String title, final StepProfile profile) {
    final Detail detail = work.serving().systems().detail();
    withFolder(
        folder -> {
          if (folder != null) {
            LayerGantt.draw(folder, title, LayerTimeline.write(folder, title, profile, detail));
          }
        });
  }
}
