package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Ranks with sequences of their own, over whose chips experts are spread. */
final class RankedCostsTest {
  private static final SystemDescription BOX =
      Descriptions.here().system("dgx-h100", Optional.empty(), Overrides.none()).value();

  private static Plan plan(final int tp, final int dp, final int ep) {
    return Plan.of(
        BOX,
        Models.here().read("mixtral-8x7b").model(),
        new Plan.Wishes(
            Optional.of(tp), Optional.of(1), Optional.of(Format.BF16), new Plan.Ranks(dp, ep)));
  }

  @Test
  void shouldKeepExpertsOnceAndTheRestOnEveryRank() {
    // Mixtral 8x7B: 32 layers of 8 experts of 3 x 4096 x 14336; 46.7 billion weights in all.
    final double experts = 32.0 * 8 * 3 * 4096 * 14336;
    final Plan one = plan(8, 1, 1);
    final Plan ranks = plan(1, 8, 8);
    final double rest = 8.0 * one.weightBytes() - 2 * experts;
    assertEquals(2 * experts / 8 + rest, ranks.weightBytes(), 1e3);
    assertEquals(8, ranks.chips());
    assertEquals(1, ranks.tensorParallel());
    // Eight key-value heads on each chip instead of one, but a chip has its own sequences only.
    assertEquals(8 * one.kvBytesPerToken(), ranks.kvBytesPerToken());
    assertEquals(
        "1 chip a rank, 1 stages of 32 layers, 8 ranks of sequences, experts over 8 groups"
            + " of chips",
        ranks.layout());
  }

  @Test
  void shouldRefuseWhatDoesNotDivide() {
    assertThrows(InvalidInputException.class, () -> plan(1, 4, 8));
    assertThrows(InvalidInputException.class, () -> plan(3, 1, 3));
    assertThrows(InvalidInputException.class, () -> plan(8, 2, 8));
  }

  @Test
  void shouldDealTheLongestFirstToWhoHasLeast() {
    final RankedStep step =
        RankedStep.of(
            new StepShape(
                List.of(new Attention.Sequence(10, 10), new Attention.Sequence(64, 64)),
                Collections.nCopies(20, new Attention.Sequence(1, 100)),
                22),
            3);
    // The chunk of 64 alone; that of 10 with 5 that decode, and 15 of them on the third rank.
    assertEquals(List.of(64, 15, 15), step.tokens());
    assertEquals(1, step.fullest().prefill().size());
    assertEquals(0, step.fullest().decode().size());
  }

  @Test
  void shouldCostAStepAsByItself() {
    final Plan plan = plan(2, 4, 8);
    final StepSimulator simulator =
        new StepSimulator(
            plan, new OperatorSimulator(BOX.chip(), BOX.stack(), Detail.FOLDED, Map.of()));
    final StepBatch batch = new StepBatch();
    for (int i = 0; i < 32; i++) {
      batch.addDecode(63);
    }
    final StepTime time = new StepTime();
    simulator.cost(batch, time);
    final StepProfile alone =
        StepProfile.of(plan, StepShape.decode(32, 64), Detail.FOLDED, Map.of());
    assertEquals(alone.latencyPicos(), time.latencyPicos(), 1e-6 * alone.latencyPicos());
    // All that the ranks and experts multiply, once: 12.9 billion active weights a token.
    final double macs = simulator.totals().stream().mapToDouble(OperatorTotal::macs).sum();
    final double active = Models.here().read("mixtral-8x7b").model().activeParameters();
    assertTrue(macs > 32 * 0.95 * active && macs < 32 * 1.1 * active, macs / 32 + "");
    assertTrue(simulator.check().largestError() < 1e-6);
  }
}
