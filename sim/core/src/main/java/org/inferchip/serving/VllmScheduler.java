package org.inferchip.serving;

/**
 * The scheduler of vLLM V1 with FCFS priority. There are no phases: each step every request gets
 * min(tokens still to compute, what is left of the token budget, the long-prefill threshold).
 *
 * <ol>
 *   <li>Running requests in order of admission. One that finds no block preempts from the tail of
 *       running: the victim's blocks are freed, its computed tokens forgotten (or copied to {@link
 *       SwapSpace}, where that has room), and it goes to the head of waiting. If the victim is the
 *       request itself, the pass ends.
 *   <li>Unless the first pass preempted: waiting requests from the head, while budget, slots and
 *       blocks allow. One that does not fit blocks those behind it; nothing is preempted for it.
 *       What the prefix cache holds of its tokens is not computed again.
 * </ol>
 *
 * <p>Requests whose cache was handed over run as soon as there is a place.
 *
 * <p>Where steps are not mixed ({@link Policy#PROMPTS_FIRST}) both passes are for prompts alone,
 * and only a step without any of them decodes.
 *
 * <p>With a pipeline, requests of steps in flight are passed over, and never victims; if only such
 * could make room, the request waits for one of them to land.
 */
final class VllmScheduler implements Scheduler {
  private final ServingConfig config;
  private final Sequences sequences;
  private final Queues queues;
  private final KvBlocks blocks;
  private final SwapSpace swap;

  /** What running requests do in a pass. */
  private enum Work {
    ALL,
    PROMPTS,
    DECODE;

    boolean has(final boolean decoding) {
      return this == ALL || decoding == (this == DECODE);
    }
  }

  private int budget;
  private int slots;
  private boolean shortOfBlocks;

  VllmScheduler(
      final ServingConfig config,
      final Sequences sequences,
      final Queues queues,
      final KvBlocks blocks,
      final SwapSpace swap) {
    this.config = config;
    this.sequences = sequences;
    this.queues = queues;
    this.blocks = blocks;
    this.swap = swap;
  }

  @Override
  public void plan(final StepPlan plan) {
    while (queues.ready() > 0 && !queues.isFull()) {
      queues.admitFirst();
    }
    if (config.policy() == Policy.PROMPTS_FIRST) {
      planPromptsFirst(plan);
      return;
    }
    continueRunning(plan);
    if (!shortOfBlocks) {
      admitWaiting(plan);
    }
  }

  /** Prompts that find no blocks wait for decoding to end; nothing is preempted for them. */
  private void planPromptsFirst(final StepPlan plan) {
    continueRunning(plan, Work.PROMPTS, false);
    if (!shortOfBlocks) {
      admitWaiting(plan);
    }
    if (plan.count() == 0) {
      continueRunning(plan, Work.DECODE, true);
    }
    if (plan.count() == 0) {
      continueRunning(plan, Work.PROMPTS, true);
    }
  }

  /** The first pass, also of {@link StaticScheduler}. */
  void continueRunning(final StepPlan plan) {
    continueRunning(plan, Work.ALL, true);
  }

  private void continueRunning(final StepPlan plan, final Work work, final boolean mayPreempt) {
    budget = config.maxBatchedTokens();
    slots = stepLimit();
    shortOfBlocks = false;
    for (int i = 0; i < queues.running() && budget > 0 && slots > 0; i++) {
      final int sequence = queues.runningAt(i);
      if (sequences.isInFlight(sequence) || !work.has(sequences.isDecoding(sequence))) {
        continue;
      }
      final int count = newTokens(sequences.remaining(sequence));
      if (!makeRoom(i, count, plan, mayPreempt)) {
        break;
      }
      take(sequence, count, plan);
    }
  }

  private void admitWaiting(final StepPlan plan) {
    while (queues.admissible() > 0 && budget > 0 && slots > 0 && !queues.isFull()) {
      final int sequence = queues.firstWaiting();
      final int known = sequences.tokens(sequence);
      final int cached = blocks.cachedTokens(sequence, known);
      final int away = swap.held(sequence);
      final int there = Math.max(cached, away);
      final int count = newTokens(known - there);
      if (mustBeWhole(known - there) && count < known - there
          || config.wholePromptAdmission() && !blocks.fits(sequence, cached, known)
          || !blocks.admit(sequence, cached, there + count)) {
        return;
      }
      queues.admitFirst();
      plan.noteSwappedIn(there - cached);
      swap.release(sequence);
      plan.noteRecomputed(sequences.start(sequence, there));
      take(sequence, count, plan);
    }
  }

  private boolean mustBeWhole(final int tokens) {
    return !config.chunkedPrefill() && tokens <= config.maxBatchedTokens();
  }

  /** Frees blocks from the tail of running until a request has those for its new tokens. */
  private boolean makeRoom(
      final int index, final int count, final StepPlan plan, final boolean mayPreempt) {
    final int sequence = queues.runningAt(index);
    final int tokens = sequences.computed(sequence) + count;
    while (!blocks.allocate(sequence, tokens)) {
      shortOfBlocks = true;
      if (!mayPreempt) {
        return false;
      }
      final int victim = lastIdle(index);
      if (victim == index && someInFlight()) {
        return false;
      }
      preempt(victim, plan);
      if (victim == index) {
        return false;
      }
    }
    return true;
  }

  private int lastIdle(final int lowest) {
    int index = queues.running() - 1;
    while (index > lowest && sequences.isInFlight(queues.runningAt(index))) {
      index--;
    }
    return index;
  }

  private boolean someInFlight() {
    for (int i = 0; i < queues.running(); i++) {
      if (sequences.isInFlight(queues.runningAt(i))) {
        return true;
      }
    }
    return false;
  }

  private void preempt(final int index, final StepPlan plan) {
    final int sequence = queues.runningAt(index);
    if (swap.put(sequence, sequences.computed(sequence))) {
      plan.noteSwappedOut(sequences.computed(sequence));
    }
    sequences.restart(sequence);
    plan.notePreemption();
    blocks.release(sequence);
    queues.preempt(index);
  }

  private void take(final int sequence, final int count, final StepPlan plan) {
    plan.add(sequence, count);
    budget -= count;
    slots--;
  }

  private int newTokens(final int remaining) {
    final int wanted = Math.min(remaining, budget);
    final int threshold = config.longPrefillThreshold();
    return threshold > 0 ? Math.min(wanted, threshold) : wanted;
  }

  /** Requests in one step: all, or an even share of them over the pipeline. */
  private int stepLimit() {
    if (!config.spreadOverPipeline()) {
      return config.maxSequences();
    }
    final int present = Math.min(config.maxSequences(), queues.running() + queues.waiting());
    return Math.max(1, (present + config.pipelineDepth() - 1) / config.pipelineDepth());
  }
}
