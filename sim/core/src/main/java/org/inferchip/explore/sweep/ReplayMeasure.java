package org.inferchip.explore.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.inferchip.engine.Detail;
import org.inferchip.engine.LawViolation;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.explore.FleetWishes;
import org.inferchip.explore.Scenario;
import org.inferchip.serving.Distribution;
import org.inferchip.serving.Policy;
import org.inferchip.serving.RunResult;
import org.inferchip.serving.ServingConfig;
import org.inferchip.trace.Trace;

/** A trace that is replayed; the figures are those of {@code run}. */
final class ReplayMeasure implements Measure {
  private final Trace trace;
  private final Map<String, String> pinned;
  private final long seed;

  ReplayMeasure(final Trace trace, final Map<String, String> pinned, final long seed) {
    this.trace = trace;
    this.pinned = pinned;
    this.seed = seed;
  }

  @Override
  public Map<String, Double> of(final Design design) {
    final Work.Replay work = (Work.Replay) design.work();
    final Evaluator.Options options =
        new Evaluator.Options(
            design.wishes(),
            work.policy().orElse(Policy.VLLM),
            Optional.empty(),
            work.slo()
                .map(Scenario.Objectives::slo)
                .map(slo -> Map.of(ServingConfig.DEFAULT_CLASS, slo))
                .orElse(Map.of()),
            pinned,
            FleetWishes.NONE,
            Detail.FOLDED,
            seed);
    final Evaluation evaluation =
        new Evaluator(options).evaluate(design.system(), design.model(), trace, done -> {});
    if (!evaluation.sound()) {
      throw new LawViolation(String.join("; ", evaluation.violations()));
    }
    final Map<String, Double> figures = new LinkedHashMap<>();
    Figures.design(design.system(), evaluation.plan(), figures);
    serving(evaluation.run(), figures);
    Figures.money(
        evaluation.run().energy().watts(),
        evaluation.run().energy().tokensPerJoule(),
        evaluation.run().energy().tokensPerChipJoule(),
        figures);
    Figures.money(evaluation.hourly(), evaluation.owned(), figures);
    return figures;
  }

  private static void serving(final RunResult run, final Map<String, Double> to) {
    to.put("requests", (double) run.counts().requests());
    to.put("completed", (double) run.counts().completed());
    to.put("rejected", (double) run.counts().rejected());
    to.put("unfinished", (double) run.counts().unfinished());
    to.put("duration_s", run.rates().durationSeconds());
    distribution("ttft_ms", run.latencies().ttft(), to);
    distribution("tpot_ms", run.latencies().tpot(), to);
    distribution("itl_ms", run.latencies().itl(), to);
    distribution("e2e_ms", run.latencies().e2e(), to);
    to.put("goodput_rps", run.rates().goodputPerSecond());
    to.put("slo_attainment", run.rates().attainment());
    to.put("output_tokens_per_s", run.rates().outputTokensPerSecond());
  }

  private static void distribution(
      final String name, final Distribution of, final Map<String, Double> to) {
    to.put(name + "_mean", of.mean());
    to.put(name + "_p50", of.p50());
    to.put(name + "_p90", of.p90());
    to.put(name + "_p99", of.p99());
  }
}
