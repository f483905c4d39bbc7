package org.inferchip.calibrate;

import java.util.function.Supplier;
import org.inferchip.serving.Host;
import org.inferchip.serving.Latencies;
import org.inferchip.serving.Policy;
import org.inferchip.serving.Prefixes;
import org.inferchip.serving.Serving;
import org.inferchip.serving.ServingConfig;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepSimulator;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;

/** Serves a trace once, for all metrics that are asked of it. Thread-safe. */
final class Replay {
  private final Supplier<Trace> trace;
  private final ServingConfig config;
  private final Plan plan;
  private final OperatorSimulator operators;
  private Latencies latencies;

  private Replay(
      final Supplier<Trace> trace,
      final ServingConfig config,
      final Plan plan,
      final OperatorSimulator operators) {
    this.trace = trace;
    this.config = config;
    this.plan = plan;
    this.operators = operators;
  }

  /** Of a load stage, with its engine's own limits, and the plan's cache where it has none. */
  static Replay of(final Stage stage, final Plan plan, final OperatorSimulator operators) {
    final ServingConfig config =
        config(
            plan,
            stage.maxBatchedTokens(),
            stage.maxSequences(),
            stage.kvBlocks() > 0 ? stage.kvBlocks() : plan.kvBlocks(),
            true);
    return new Replay(() -> StageTrace.of(stage), config, plan, operators);
  }

  /**
   * Of a trace.
   *
   * @param atEngine whether times were taken at the engine, behind its front end
   */
  static Replay of(
      final Trace trace,
      final int maxBatchedTokens,
      final int maxSequences,
      final boolean atEngine,
      final Plan plan,
      final OperatorSimulator operators) {
    final ServingConfig config =
        config(
            plan,
            maxBatchedTokens,
            maxSequences,
            plan.kvBlocks(),
            trace.requests().stream().anyMatch(Request::tellsContent));
    final Host host = config.host();
    return new Replay(
        () -> trace,
        atEngine ? config.withHost(new Host(host.ahead(), 0)) : config,
        plan,
        operators);
  }

  synchronized Latencies latencies() {
    if (latencies == null) {
      latencies =
          Serving.run(
                  trace.get(),
                  config,
                  plan.system(),
                  plan.chips(),
                  new StepSimulator(plan, operators, false))
              .latencies();
    }
    return latencies;
  }

  private static ServingConfig config(
      final Plan plan,
      final int maxBatchedTokens,
      final int maxSequences,
      final long blocks,
      final boolean cached) {
    return new ServingConfig.Builder(
            maxBatchedTokens,
            maxSequences,
            (int) Math.min(Integer.MAX_VALUE / 2, blocks),
            plan.model().maxPositionEmbeddings())
        .policy(Policy.VLLM.of(plan.system().stack().scheduler()))
        .blockTokens(plan.system().stack().scheduler().blockTokens())
        .prefixes(cached ? Prefixes.CACHED : Prefixes.OFF)
        .host(Host.of(plan.system().stack().step()))
        .build();
  }
}
