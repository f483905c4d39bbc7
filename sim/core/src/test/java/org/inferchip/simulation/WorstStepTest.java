package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.model.Models;
import org.junit.jupiter.api.Test;

/** No step within the limits takes longer than proven, and the proof is not far off. */
class WorstStepTest {
  private static final StepLimits LIMITS = new StepLimits(12, 40, 200);

  @Test
  void shouldBoundEveryStepWithinTheLimits() {
    final StepSimulator simulator = simulator();
    final StepBounds bounds = simulator.bounds(LIMITS).orElseThrow();
    final Random random = new Random(7);
    final StepBatch batch = new StepBatch();
    final StepTime time = new StepTime();
    double largest = 0;
    for (int i = 0; i < 200; i++) {
      fill(batch, random);
      simulator.cost(batch, time);
      assertTrue(time.latencyPicos() <= bounds.mostPicos());
      assertTrue(time.latencyPicos() >= bounds.leastPicos());
      assertTrue(time.intervalPicos() <= bounds.mostIntervalPicos());
      largest = Math.max(largest, (double) time.latencyPicos() / bounds.mostPicos());
    }
    assertTrue(largest > 0.7, "largest " + largest);
  }

  private static void fill(final StepBatch batch, final Random random) {
    batch.clear();
    final int decodes = random.nextInt(LIMITS.decodes() + 1);
    for (int i = 0; i < decodes; i++) {
      batch.addDecode(random.nextInt(LIMITS.contextTokens()));
    }
    if (decodes == 0 || random.nextBoolean()) {
      final int tokens = 1 + random.nextInt(LIMITS.chunkTokens());
      final int context = random.nextInt(LIMITS.contextTokens() - tokens + 1);
      batch.addPrefill(tokens, context, random.nextBoolean());
    }
  }

  private static StepSimulator simulator() {
    final Plan plan =
        Plan.of(
            Descriptions.here().system("groq-lpu", Optional.empty(), Overrides.none()).value(),
            Models.here().read("stories15m").model(),
            Plan.Wishes.NONE);
    return new StepSimulator(
        plan,
        new OperatorSimulator(plan.system().chip(), plan.system().stack(), Detail.FOLDED, Map.of()),
        false);
  }
}
