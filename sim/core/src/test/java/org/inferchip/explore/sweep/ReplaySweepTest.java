package org.inferchip.explore.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.model.Models;
import org.inferchip.simulation.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps whose points replay a trace. */
class ReplaySweepTest {
  private static final String REPLAY =
      """
      name: replay
      description: A trace on two memories
      systems: [h100-sxm]
      models: [llama-3.2-1b]
      work: {kind: trace, trace: chat-azure-like, max_requests: 6}
      vary:
        - {kind: list, path: memory.bandwidth, values: [1.6 TB/s, 3.35 TB/s]}
      constraints: ["ttft_ms_p99 < 10 s"]
      objectives: {tpot_ms: min, tokens_per_joule: max}
      silicon: stated
      """;

  @TempDir private Path folder;

  @Test
  void shouldGiveWhatARunOfTheTraceGives() {
    final SweepPlan plan = Sweeps.plan(folder, REPLAY);
    final List<Row> rows = Sweeps.run(plan, Optional.empty(), 2, false);
    assertEquals(2, rows.size());
    for (final Row row : rows) {
      assertEquals(Row.Status.DONE, row.status(), row.reason());
      assertEquals(6, plan.columns().number(row, "requests"));
      assertEquals(6, plan.columns().number(row, "completed"));
    }
    final Evaluation run =
        new Evaluator(Evaluator.Options.usual(Plan.Wishes.NONE, 1))
            .evaluate(
                Descriptions.here()
                    .system(
                        "h100-sxm",
                        Optional.empty(),
                        Overrides.parse(List.of("memory.bandwidth=1.6 TB/s"))),
                Models.here().read("llama-3.2-1b"),
                plan.trace().orElseThrow(),
                done -> {});
    final Row slow = rows.get(0);
    assertEquals(run.run().latencies().tpot().p50(), figure(plan, slow, "tpot_ms_p50"));
    assertEquals(run.run().latencies().ttft().p99(), figure(plan, slow, "ttft_ms_p99"));
    assertEquals(run.run().energy().tokensPerJoule(), figure(plan, slow, "tokens_per_joule"));
    assertEquals(run.hourly().owned(), figure(plan, slow, "usd_per_hour"));
    assertTrue(figure(plan, slow, "tpot_ms_mean") > figure(plan, rows.get(1), "tpot_ms_mean"));
  }

  @Test
  void shouldNotDependOnThreadsOrOnWhatWasDoneBefore() {
    final SweepPlan plan = Sweeps.plan(folder, REPLAY);
    final List<Row> one = Sweeps.run(plan, Optional.empty(), 1, false);
    final Path store = folder.resolve("replay.db");
    assertEquals(one, Sweeps.run(plan, Optional.of(store), 2, false));
    assertEquals(one, Sweeps.run(plan, Optional.of(store), 2, false));
  }

  private static double figure(final SweepPlan plan, final Row row, final String name) {
    return plan.columns().number(row, name);
  }
}
