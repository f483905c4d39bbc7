package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.junit.jupiter.api.Test;

final class OperatorSamplerTest {

  private static OperatorSimulator simulated(final String system, final int chips) {
    final SystemDescription described =
        Descriptions.here().system(system, Optional.empty(), Overrides.none()).value();
    final Plan plan =
        Plan.of(
            described,
            Models.here().read("smollm2-135m").model(),
            new Plan.Wishes(Optional.of(chips), Optional.of(1), Optional.empty()));
    final OperatorSimulator simulator =
        new OperatorSimulator(described.chip(), described.stack(), Detail.FOLDED, Map.of());
    for (final int tokens : new int[] {3, 40}) {
      for (final StepShape shape :
          List.of(StepShape.prefill(tokens, tokens), StepShape.decode(tokens, 100))) {
        final LoweredStep step = plan.lowering().lower(shape);
        step.forEach((operator, count) -> simulator.simulate(operator));
      }
    }
    return simulator;
  }

  @Test
  void shouldExecuteAMemberOfEveryFamily() {
    final OperatorSimulator simulator = simulated("h100-sxm", 1);
    final SampleReport report = OperatorSampler.sample(simulator, 1);
    assertEquals(List.of(), report.violations());
    // Embedding, two norms, five products, rope, cache, two attentions, activation, gather of
    // sampled rows, sampling.
    assertEquals(15, report.operators());
    assertTrue(report.distinct() > report.operators());
    assertEquals(report.operators(), report.audited());
    assertTrue(report.tiles() > 15 && report.elements() > 15);
    assertTrue(report.maxRelativeError() > 0 && report.maxRelativeError() < 0.01);
  }

  @Test
  void shouldGiveTheSameReportForTheSameSeed() {
    final SampleReport first = OperatorSampler.sample(simulated("dgx-h100", 3), 7);
    assertEquals(first, OperatorSampler.sample(simulated("dgx-h100", 3), 7));
    assertEquals(List.of(), first.violations());
  }

  @Test
  void shouldSayHowMuchWasLookedAt() {
    final OperatorSimulator simulator = simulated("h100-sxm", 1);
    final MatMul op = MatMul.dense("gemm", 8, 8, 8, Format.BF16);
    final OperatorVerification fine = new OperatorVerifier(simulator, 1, 1000).whole(op);
    assertTrue(fine.ok() && fine.whole() && fine.audited());
    assertEquals(64, fine.elements());
    final OperatorVerification large = new OperatorVerifier(simulator, 1, 0).sample(op, 1);
    assertTrue(large.ok() && !large.whole() && !large.audited());
  }
}
