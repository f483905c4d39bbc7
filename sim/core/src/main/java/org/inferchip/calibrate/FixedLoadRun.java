package org.inferchip.calibrate;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.inferchip.arch.Stack;
import org.inferchip.serving.Drafts;
import org.inferchip.serving.Host;
import org.inferchip.serving.Policy;
import org.inferchip.serving.RequestRecord;
import org.inferchip.serving.Serving;
import org.inferchip.serving.ServingConfig;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepSimulator;

/** Serves a {@link FixedLoad} once, for all metrics that are asked of it. Thread-safe. */
final class FixedLoadRun {
  private static final double MICROS_PER_PICO = 1e-6;

  private final FixedLoad load;
  private final Plan plan;
  private final OperatorSimulator operators;
  private final Deployment deployment;
  private final String word;
  private final String release;
  private final Optional<Drafts> drafts;
  private List<RequestRecord> records;

  /**
   * A run.
   *
   * @param word the table's for the format
   * @param release of the engine
   */
  FixedLoadRun(
      final FixedLoad load,
      final Deployment deployment,
      final String word,
      final String release,
      final Plan plan,
      final OperatorSimulator operators) {
    this.deployment = deployment;
    this.word = word;
    this.release = release;
    this.load = load;
    this.plan = plan;
    this.operators = operators;
    this.drafts = deployment.drafts(plan, release);
  }

  /** Mean time to first token over a whole test, microseconds. */
  double ttft() {
    return mean(RequestRecord::ttftPicos);
  }

  /** Mean time per output token over a whole test, microseconds. */
  double tpot() {
    return mean(record -> record.tpotPicos().orElse(0L));
  }

  private double mean(final ToLongFunction<RequestRecord> picos) {
    final List<RequestRecord> all = records();
    return load.mean(
        mean(all.subList(0, load.users()), picos),
        mean(all.subList(load.users(), all.size()), picos));
  }

  private synchronized List<RequestRecord> records() {
    if (records == null) {
      records =
          Serving.run(
                  load.trace(deployment, plan.model().name()),
                  config(),
                  plan.system(),
                  plan.chips(),
                  new StepSimulator(plan, operators, false))
              .records();
    }
    return records;
  }

  private static double mean(
      final List<RequestRecord> some, final ToLongFunction<RequestRecord> picos) {
    return MICROS_PER_PICO
        * some.stream()
            .filter(record -> record.outcome() == RequestRecord.Outcome.COMPLETED)
            .mapToLong(picos)
            .average()
            .orElse(Double.NaN);
  }

  private ServingConfig config() {
    final Stack.Scheduler scheduler = plan.system().stack().scheduler();
    final int ranks = plan.ranks().dataParallel();
    final int budget =
        deployment.budget(load, plan.model().name(), word, release, drafts.isPresent(), scheduler);
    return new ServingConfig.Builder(
            budget * ranks,
            Math.max(scheduler.maxSequences() * ranks, load.users()),
            (int) Math.min(Integer.MAX_VALUE / 2, plan.kvBlocks()),
            plan.model().maxPositionEmbeddings())
        .policy(Policy.VLLM.of(scheduler))
        .blockTokens(scheduler.blockTokens())
        .prefill(deployment.chunked(), ranks > 1 && deployment.chunked() ? budget : 0)
        .drafts(drafts)
        .pipeline(plan.pipelineParallel(), plan.pipelineParallel() > 1)
        .host(Host.of(plan.system().stack().step()).with(deployment.hold(load, plan)))
        .build();
  }
}
