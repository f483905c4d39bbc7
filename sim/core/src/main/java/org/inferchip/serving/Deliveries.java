package org.inferchip.serving;

import java.util.Random;

/**
 * What becomes of a step's tokens at its end: each sequence that has nothing left to compute gets
 * one, or also the drafts that the step confirmed, until it ends or is handed over.
 */
final class Deliveries {
  private final Requests requests;
  private final RequestTable table;
  private final Sequences sequences;
  private final Journal journal;
  private final KvBlocks blocks;
  private final BlockHashes hashes;
  private final Drafts drafts;
  private final Outlet outlet;
  private final Tally tally;
  private final Outstanding outstanding;
  private final Random confirmed = new Random(1);
  private final boolean[] ended;
  private final int[] firsts;
  private int firstCount;

  /**
   * Of one instance.
   *
   * @param hashes of prefixes; null: none are cached
   * @param drafts null: nothing is drafted
   * @param outlet where sequences go after their first token; null: they stay
   */
  Deliveries(
      final Requests requests,
      final KvBlocks blocks,
      final BlockHashes hashes,
      final Drafts drafts,
      final Outlet outlet,
      final Tally tally,
      final Outstanding outstanding) {
    this.requests = requests;
    this.table = requests.table();
    this.sequences = requests.sequences();
    this.journal = requests.journal();
    this.blocks = blocks;
    this.hashes = hashes;
    this.drafts = drafts;
    this.outlet = outlet;
    this.tally = tally;
    this.outstanding = outstanding;
    ended = new boolean[table.size()];
    firsts = new int[table.size()];
  }

  /** Marks of sequences that have left the instance. */
  boolean[] ended() {
    return ended;
  }

  /**
   * Ends a step.
   *
   * @return whether any sequence has left
   */
  boolean land(final StepPlan plan, final long now) {
    boolean any = false;
    firstCount = 0;
    for (int i = 0; i < plan.count(); i++) {
      final int sequence = plan.sequence(i);
      sequences.land(sequence);
      if (sequences.remaining(sequence) == 0) {
        if (sequences.tokens(sequence) == table.promptTokens(sequence)) {
          firsts[firstCount++] = sequence;
        }
        any |= deliverAll(sequence, now);
      }
    }
    return any;
  }

  /** First tokens of the last step that ended, of sequences that are here yet, came later. */
  void delayFirsts(final long picos) {
    for (int i = 0; i < firstCount; i++) {
      if (!ended[firsts[i]]) {
        journal.firstAt(firsts[i], picos);
      }
    }
  }

  /** Delivers a token, and after those of prompts also the drafts that the step confirmed. */
  private boolean deliverAll(final int sequence, final long now) {
    final boolean drafted =
        drafts != null && sequences.tokens(sequence) > table.promptTokens(sequence);
    boolean last = deliver(sequence, now);
    for (int i = drafted ? drafts.confirmed(confirmed) : 0; i > 0 && !last; i--) {
      sequences.confirm(sequence);
      last = deliver(sequence, now);
    }
    return last;
  }

  /** Delivers a token; this alone looks at the length that the trace gives. */
  private boolean deliver(final int sequence, final long now) {
    tally.outputToken();
    sequences.append(sequence);
    outstanding.generate();
    if (journal.delivered(sequence, now) < table.outputTokens(sequence)) {
      return outlet != null && handOver(sequence, now);
    }
    journal.completed(sequence);
    blocks.release(sequence);
    if (hashes != null) {
      hashes.forget(sequence);
    }
    leave(sequence);
    requests.ended(sequence, now);
    return true;
  }

  private boolean handOver(final int sequence, final long now) {
    leave(sequence);
    outlet.computed(sequence, now);
    return true;
  }

  private void leave(final int sequence) {
    ended[sequence] = true;
    outstanding.leave(sequences.tokens(sequence));
  }
}
