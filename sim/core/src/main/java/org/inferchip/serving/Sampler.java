package org.inferchip.serving;

import java.util.List;
import org.inferchip.simulation.StepBatch;

/** Notes some of the steps of all instances, with the state of all of them together. */
final class Sampler {
  private final StepSamples samples = new StepSamples();
  private List<ServingLoop> loops = List.of();
  private long steps;

  /** Watches instances. */
  void watch(final List<ServingLoop> instances) {
    loops = List.copyOf(instances);
  }

  /** A step begins; sums do not have it yet. */
  void step(final long now, final StepBatch batch) {
    if (!samples.wants(steps++)) {
      return;
    }
    int running = 0;
    int waiting = 0;
    int blocks = 0;
    long output = 0;
    long prefill = batch.prefillTokens();
    double joules = 0;
    for (final ServingLoop loop : loops) {
      running += loop.queues().running();
      waiting += loop.queues().waiting();
      blocks += loop.blocks().used();
      output += loop.tally().outputTokens();
      prefill += loop.tally().prefillTokens();
      joules += loop.tally().energy().aboveIdle();
    }
    samples.add(
        new StepSample(
            now,
            running,
            waiting,
            blocks,
            batch.requests(),
            batch.tokens(),
            output,
            prefill,
            joules));
  }

  List<StepSample> list() {
    return samples.list();
  }
}
