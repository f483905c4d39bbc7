package org.inferchip.serving;

import java.util.List;
import org.inferchip.energy.EnergySum;
import org.inferchip.simulation.StepTime;

/** Sums over the steps of a run. */
final class Tally {
  private final EnergySum energy = new EnergySum();
  private long steps;
  private long outputTokens;
  private long prefillTokens;
  private long preemptions;
  private long recomputedTokens;
  private long swappedInTokens;
  private long swappedOutTokens;
  private double stagePicos;
  private double prefillPicos;
  private long longestStep;
  private long longestInterval;
  private long shortestStep = Long.MAX_VALUE;

  void step(final StepPlan plan, final int prefill, final StepTime time) {
    steps++;
    prefillTokens += prefill;
    recomputedTokens += plan.recomputed();
    stagePicos += time.intervalPicos();
    prefillPicos += time.prefillShare() * time.intervalPicos();
    energy.addAboveIdle(time.energy());
    longestStep = Math.max(longestStep, time.latencyPicos());
    longestInterval = Math.max(longestInterval, time.intervalPicos());
    shortestStep = Math.min(shortestStep, time.latencyPicos());
  }

  /** What of the run is held to a proof. */
  Guarantee.Seen seen(final long longestGapPicos) {
    return new Guarantee.Seen(longestStep, longestInterval, shortestStep, longestGapPicos);
  }

  void preemptions(final int count) {
    preemptions += count;
  }

  void swaps(final long in, final long out) {
    swappedInTokens += in;
    swappedOutTokens += out;
  }

  void outputToken() {
    outputTokens++;
  }

  EnergySum energy() {
    return energy;
  }

  long steps() {
    return steps;
  }

  long outputTokens() {
    return outputTokens;
  }

  long prefillTokens() {
    return prefillTokens;
  }

  long preemptions() {
    return preemptions;
  }

  long recomputedTokens() {
    return recomputedTokens;
  }

  long swappedInTokens() {
    return swappedInTokens;
  }

  long swappedOutTokens() {
    return swappedOutTokens;
  }

  /** Share of the step time of instances that was caused by prefill. */
  static double prefillShare(final List<Tally> tallies) {
    final double stage = tallies.stream().mapToDouble(one -> one.stagePicos).sum();
    final double prefill = tallies.stream().mapToDouble(one -> one.prefillPicos).sum();
    return stage == 0 ? 0 : prefill / stage;
  }
}
