package org.inferchip.serving;

import java.util.Arrays;

/**
 * The deterministic scheduler of statically scheduled machines: requests sit in phases, one for
 * each pipeline stage, and a phase is a step of its own.
 *
 * <ol>
 *   <li>Of the phases with somebody to serve and nobody in flight, the one served longest ago is
 *       next.
 *   <li>Everybody in it who decodes gets a token, and at most one prompt a chunk of fixed size.
 *   <li>If no prompt of the phase is under way and it has a free seat, the first who waits is
 *       seated, with cache reserved for the longest request that is served at all. Nobody is ever
 *       preempted.
 * </ol>
 *
 * <p>From this follows what {@link Guarantee} states.
 */
final class SlottedScheduler implements Scheduler {
  private static final int NOWHERE = -1;

  private final Slots slots;
  private final Sequences sequences;
  private final Queues queues;
  private final KvBlocks blocks;
  private final int[] phaseOf;
  private final long[] served;
  private final int[] seated;
  private final boolean[] flying;
  private final boolean[] prompting;
  private long starts;

  SlottedScheduler(
      final Slots slots,
      final int requests,
      final Sequences sequences,
      final Queues queues,
      final KvBlocks blocks) {
    this.slots = slots;
    this.sequences = sequences;
    this.queues = queues;
    this.blocks = blocks;
    phaseOf = new int[requests];
    Arrays.fill(phaseOf, NOWHERE);
    served = new long[slots.phases()];
    seated = new int[slots.phases()];
    flying = new boolean[slots.phases()];
    prompting = new boolean[slots.phases()];
  }

  @Override
  public void plan(final StepPlan plan) {
    look();
    final int phase = next();
    if (phase == NOWHERE) {
      return;
    }
    for (int i = 0; i < queues.running(); i++) {
      final int sequence = queues.runningAt(i);
      if (phaseOf[sequence] == phase) {
        take(sequence, plan);
      }
    }
    if (admits(phase)) {
      final int sequence = queues.firstWaiting();
      queues.admitFirst();
      sequences.start(sequence, 0);
      phaseOf[sequence] = phase;
      take(sequence, plan);
    }
    served[phase] = ++starts;
  }

  private void take(final int sequence, final StepPlan plan) {
    plan.add(sequence, Math.min(sequences.remaining(sequence), slots.chunkTokens()));
  }

  /** Counts who sits where. */
  private void look() {
    Arrays.fill(seated, 0);
    Arrays.fill(flying, false);
    Arrays.fill(prompting, false);
    for (int i = 0; i < queues.running(); i++) {
      final int sequence = queues.runningAt(i);
      final int phase = phaseOf[sequence];
      seated[phase]++;
      flying[phase] |= sequences.isInFlight(sequence);
      prompting[phase] |= !sequences.isDecoding(sequence);
    }
  }

  /** The phase that has waited longest; an empty one that somebody can be seated in counts. */
  private int next() {
    final boolean anyone = canSeat();
    int best = NOWHERE;
    for (int phase = 0; phase < slots.phases(); phase++) {
      final boolean work = seated[phase] > 0 || anyone && slots.seats() > 0;
      if (work && !flying[phase] && (best == NOWHERE || served[phase] < served[best])) {
        best = phase;
      }
    }
    return best;
  }

  /** Seats the first who waits, if the phase has room and no prompt under way. */
  private boolean admits(final int phase) {
    return seated[phase] < slots.seats()
        && !prompting[phase]
        && canSeat()
        && blocks.admit(queues.firstWaiting(), 0, slots.bucketTokens());
  }

  private boolean canSeat() {
    return queues.admissible() > 0
        && !queues.isFull()
        && blocks.fits(queues.firstWaiting(), 0, slots.bucketTokens());
  }
}
