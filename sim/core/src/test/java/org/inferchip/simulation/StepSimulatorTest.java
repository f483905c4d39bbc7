package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's step costs what the same step costs by itself, where nothing is between knots. */
final class StepSimulatorTest {
  private static final int TOKENS = 64;
  private static final int SEQUENCES = 8;

  private final StepBatch batch = new StepBatch();

  @ParameterizedTest
  @ValueSource(strings = {"h100-sxm", "tpu-v5e", "groq-lpu"})
  void shouldCostAPromptAsTheStepByItself(final String system) {
    batch.addPrefill(TOKENS, 0, true);
    final StepSimulator simulator = simulator(system);
    assertCost(simulator, StepShape.prefill(TOKENS, TOKENS));
    // Of the prompt's rows one is sampled: it is picked from all.
    assertTrue(
        simulator.totals().stream().anyMatch(t -> t.name().equals("permute") && t.calls() == 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h100-sxm", "tpu-v5e", "groq-lpu"})
  void shouldCostDecodingAsTheStepByItself(final String system) {
    for (int i = 0; i < SEQUENCES; i++) {
      batch.addDecode(TOKENS - 1);
    }
    assertCost(simulator(system), StepShape.decode(SEQUENCES, TOKENS));
  }

  private void assertCost(final StepSimulator simulator, final StepShape shape) {
    final StepTime time = new StepTime();
    simulator.cost(batch, time);
    final StepProfile profile = StepProfile.of(simulator.plan(), shape, Detail.FOLDED, Map.of());
    assertEquals(profile.latencyPicos(), time.latencyPicos(), 1e-6 * profile.latencyPicos());
  }

  private static StepSimulator simulator(final String system) {
    final Plan plan =
        Plan.of(
            Descriptions.here().system(system, Optional.empty(), Overrides.none()).value(),
            Models.here().read("stories15m").model(),
            Plan.Wishes.NONE);
    return new StepSimulator(
        plan,
        new OperatorSimulator(
            plan.system().chip(), plan.system().stack(), Detail.FOLDED, Map.of()));
  }
}
