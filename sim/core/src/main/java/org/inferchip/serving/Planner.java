package org.inferchip.serving;

import java.util.Arrays;

/**
 * Asks the scheduler for steps, and says which of those that have come it knows of: all, where a
 * step is scheduled when the one before it has ended; those that had come when that one started,
 * where it is scheduled ahead ({@link Host#ahead}); those that a {@link Gate} lets in, where they
 * are held back.
 */
final class Planner {
  private final boolean ahead;
  private final Scheduler scheduler;
  private final Queues queues;
  private final Sequences sequences;
  private final Gate gate;
  private final boolean[] prompted;

  Planner(
      final ServingConfig config,
      final Scheduler scheduler,
      final Queues queues,
      final Sequences sequences) {
    this.scheduler = scheduler;
    this.queues = queues;
    this.sequences = sequences;
    ahead = config.host().ahead();
    gate = config.host().hold().map(hold -> new Gate(hold, config.maxBatchedTokens())).orElse(null);
    prompted = new boolean[gate == null ? 0 : gate.ranks()];
  }

  /**
   * Those that have come are known where the next step is not planned yet.
   *
   * @param idle whether no step is in flight and nobody runs
   */
  void notice(final boolean idle) {
    if (gate == null && (!ahead || idle)) {
      queues.seeAll();
    }
  }

  /** Plans a step. */
  void plan(final StepPlan plan, final boolean idle) {
    if (gate == null) {
      planOpen(plan);
    } else {
      planGated(plan, idle);
    }
  }

  private void planOpen(final StepPlan plan) {
    scheduler.plan(plan);
    // Who came while the last step ran was not known when this one was planned, at that one's
    // start.
    final boolean someUnseen = queues.admissible() < queues.waiting();
    queues.seeAll();
    if (plan.count() == 0 && plan.preemptions() == 0 && someUnseen) {
      scheduler.plan(plan);
    }
  }

  private void planGated(final StepPlan plan, final boolean idle) {
    if (!ahead || idle) {
      queues.noticeAll();
    }
    long tokens = queues.running();
    int ranks = 0;
    Arrays.fill(prompted, false);
    for (int i = 0; i < queues.noticed(); i++) {
      final int sequence = queues.waitingAt(i);
      tokens += sequences.remaining(sequence);
      final int rank = gate.rank(sequence);
      ranks += prompted[rank] ? 0 : 1;
      prompted[rank] = true;
    }
    if (gate.opens(queues.running(), ranks, tokens)) {
      queues.seeNoticed();
    }
    scheduler.plan(plan);
    final boolean someUnnoticed = queues.noticed() < queues.waiting();
    queues.noticeAll();
    if (plan.count() == 0 && plan.preemptions() == 0 && someUnnoticed) {
      queues.seeNoticed();
      scheduler.plan(plan);
    }
  }

  /** A step was started, with or without prompts. */
  void stepped(final boolean withPrompts) {
    if (gate != null) {
      gate.step(withPrompts, queues.waiting() - queues.admissible());
    }
  }
}
