package org.inferchip.calibrate;

import java.util.Map;
import org.inferchip.serving.Latencies;
import org.inferchip.serving.Serving;
import org.inferchip.serving.ServingConfig;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepSimulator;

/** Serves a {@link Stage} once, for all metrics that are asked of it. Thread-safe. */
final class StagePrediction {
  private final Stage stage;
  private final Plan plan;
  private final OperatorSimulator operators;
  private Latencies latencies;

  StagePrediction(final Stage stage, final Plan plan, final OperatorSimulator operators) {
    this.stage = stage;
    this.plan = plan;
    this.operators = operators;
  }

  synchronized Latencies latencies() {
    if (latencies == null) {
      latencies =
          Serving.run(
                  StageTrace.of(stage),
                  config(),
                  plan.system(),
                  plan.chips(),
                  new StepSimulator(plan, operators))
              .latencies();
    }
    return latencies;
  }

  /** The engine's own limits; the plan's cache where the table does not give its size. */
  private ServingConfig config() {
    final long blocks = stage.kvBlocks() > 0 ? stage.kvBlocks() : plan.kvBlocks();
    return new ServingConfig(
        ServingConfig.Policy.VLLM.of(plan.system().stack().scheduler()),
        stage.maxBatchedTokens(),
        stage.maxSequences(),
        plan.system().stack().scheduler().blockTokens(),
        (int) Math.min(Integer.MAX_VALUE / 2, blocks),
        plan.model().maxPositionEmbeddings(),
        0,
        true,
        true,
        ServingConfig.Prefixes.CACHED,
        1,
        false,
        Long.MAX_VALUE,
        ServingConfig.Host.of(plan.system().stack().step()),
        Map.of());
  }
}
