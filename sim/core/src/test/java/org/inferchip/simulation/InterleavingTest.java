package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.model.Models;
import org.junit.jupiter.api.Test;

/** Half batches in turns help where neither attention nor products nor the memory binds alone. */
class InterleavingTest {
  private static double picos(final boolean interleave, final int users, final int context) {
    final SystemDescription system =
        Descriptions.here()
            .system(
                "attention-asic",
                Optional.empty(),
                Overrides.none()
                    .with("scheduler.interleave", Boolean.toString(interleave))
                    .with("scheduler.max_sequences", "2048")
                    .with("graph_sizes", "[]"))
            .value();
    final Plan plan = Plan.of(system, Models.here().read("llama-3.1-8b").model(), Plan.Wishes.NONE);
    final StepSimulator simulator =
        new StepSimulator(
            plan,
            new OperatorSimulator(system.chip(), system.stack(), Detail.FOLDED, Map.of()),
            false);
    final StepBatch batch = new StepBatch();
    for (int i = 0; i < users; i++) {
      batch.addDecode(context);
    }
    final StepTime time = new StepTime();
    simulator.cost(batch, time);
    return time.latencyPicos();
  }

  @Test
  void shouldShortenStepsOfManyUsersWhoseProductsAreBoundByArithmetic() {
    final double gain = picos(false, 2048, 255) / picos(true, 2048, 255);
    assertTrue(gain > 1.2, "gain " + gain);
    assertTrue(gain < 2, "gain " + gain);
  }

  @Test
  void shouldLeaveStepsWholeWhereTheMemoryBinds() {
    assertEquals(picos(false, 16, 511), picos(true, 16, 511));
  }
}
