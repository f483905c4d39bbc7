package org.inferchip.serving;

import static org.inferchip.serving.Bench.MILLISECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.simulation.StepBatch;
import org.inferchip.simulation.StepBounds;
import org.inferchip.simulation.StepCost;
import org.inferchip.simulation.StepLimits;
import org.inferchip.simulation.StepTime;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;
import org.junit.jupiter.api.Test;

/** Seats in time slots, and what is proven of them. */
class GuaranteeTest {
  private static final long MOST = 4 * MILLISECOND;
  private static final long LEAST = MILLISECOND;
  private static final long INTERVAL = MILLISECOND;

  /** A cost that takes any time within its bounds, or outside of them where it is at fault. */
  private static final class Jitter implements StepCost {
    private final Random random;
    private final long most;
    private final int faultAt;
    private int steps;

    Jitter(final int seed, final long most, final int faultAt) {
      random = new Random(seed);
      this.most = most;
      this.faultAt = faultAt;
    }

    @Override
    public void cost(final StepBatch batch, final StepTime out) {
      final long within = LEAST + (long) (random.nextDouble() * (most - LEAST));
      final long latency = ++steps == faultAt ? 3 * most : within;
      final long interval = Math.min(latency, 1 + (long) (random.nextDouble() * (INTERVAL - 1)));
      out.set(latency, interval, 0, EnergyBreakdown.ZERO);
    }

    @Override
    public Optional<StepBounds> bounds(final StepLimits limits) {
      return Optional.of(new StepBounds(LEAST, most, INTERVAL));
    }
  }

  private static ServingConfig slotted(
      final int budget, final int sequences, final int blocks, final int depth) {
    return new ServingConfig(
        Policy.SLOTTED,
        budget,
        sequences,
        16,
        blocks,
        100_000,
        0,
        true,
        true,
        Prefixes.OFF,
        depth,
        true,
        Long.MAX_VALUE,
        Host.NONE,
        Map.of(),
        0,
        Optional.empty());
  }

  private static Trace randomTrace(final Random random) {
    final List<Request> requests = new ArrayList<>();
    long nanos = 0;
    for (int i = 0; i < 1 + random.nextInt(60); i++) {
      nanos += random.nextInt(20) == 0 ? 100_000_000 : random.nextInt(3_000_000);
      requests.add(Bench.request(i, nanos, 1 + random.nextInt(200), 1 + random.nextInt(40)));
    }
    return Bench.trace(requests);
  }

  private static RunResult randomRun(final int seed, final StepCost cost) {
    final Random random = new Random(seed);
    return Bench.run(
        randomTrace(random),
        slotted(
            2 + random.nextInt(100),
            1 + random.nextInt(20),
            20 + random.nextInt(200),
            1 + random.nextInt(9)),
        cost);
  }

  @Test
  void shouldNeverExceedTheProofWhateverArrivesAndHoweverStepsVary() {
    double tightest = 0;
    for (int seed = 0; seed < 200; seed++) {
      final RunResult run = randomRun(seed, new Jitter(seed, MOST, 0));
      assertEquals(List.of(), run.violations(), "seed " + seed);
      assertEquals(0, run.occupancy().preemptions());
      assertEquals(run.counts().requests(), run.counts().completed());
      final Guarantee proof = run.guarantee().orElseThrow();
      assertTrue(run.latencies().tpot().max() <= proof.tokenPicos() * 1e-9, "seed " + seed);
      tightest = Math.max(tightest, (double) proof.longestGapPicos() / proof.tokenPicos());
    }
    // The bound is near what can happen: no factor is given away.
    assertTrue(tightest > 0.7, "tightest " + tightest);
  }

  @Test
  void shouldFailARunWhoseStepTookLongerThanProven() {
    final RunResult run =
        Bench.run(
            Bench.trace(new int[] {0, 40, 30}, new int[] {1, 40, 30}),
            slotted(64, 4, 100, 2),
            new Jitter(1, MOST, 9));
    assertTrue(
        run.violations().stream().anyMatch(text -> text.contains("a step took 12000000000 ps")),
        run.violations().toString());
    assertTrue(run.violations().stream().anyMatch(text -> text.contains("a token came after")));
  }

  @Test
  void shouldServePhasesInTurnAndOnePromptAtATime() {
    final List<String> steps = new ArrayList<>();
    final StepCost cost = Bench.noting(Bench.everyStep(2 * MILLISECOND, MILLISECOND), steps);
    final RunResult run =
        Bench.run(
            Bench.trace(new int[] {0, 9, 3}, new int[] {0, 5, 2}, new int[] {0, 4, 1}),
            slotted(6, 4, 100, 2),
            cost);
    // Two phases of two seats, chunks of four. The third request waits for the first prompt of a
    // phase to end.
    assertEquals(List.of("4@0", "4@0", "4@4", "1@4!", "1@8!", "d5 4@0!", "d9", "d10"), steps);
    assertEquals(List.of(), run.violations());
    assertEquals(Optional.empty(), run.guarantee());
  }

  @Test
  void shouldReserveTheCacheOfASeatForTheLongestRequest() {
    // Blocks for one longest request only: the second waits although its own tokens would fit.
    final RunResult run =
        Bench.run(
            Bench.trace(new int[] {0, 60, 4}, new int[] {0, 3, 1}),
            slotted(100, 4, 5, 1),
            Bench.everyStep(MILLISECOND));
    assertEquals(4 * MILLISECOND, run.records().get(1).scheduledPicos());
  }
}
