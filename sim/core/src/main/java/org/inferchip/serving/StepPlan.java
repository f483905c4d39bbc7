package org.inferchip.serving;

/** The requests of one step and their new tokens. Filled again for every step. */
final class StepPlan {
  private final int[] sequences;
  private final int[] tokens;
  private int count;
  private int preemptions;
  private long recomputed;
  private long endPicos;

  StepPlan(final int maxSequences) {
    sequences = new int[maxSequences];
    tokens = new int[maxSequences];
  }

  void clear() {
    count = 0;
    preemptions = 0;
    recomputed = 0;
    endPicos = 0;
  }

  void add(final int sequence, final int newTokens) {
    sequences[count] = sequence;
    tokens[count++] = newTokens;
  }

  /** Notes that a request was preempted. */
  void notePreemption() {
    preemptions++;
  }

  /** Notes that so many tokens of a request are computed again because it was preempted. */
  void noteRecomputed(final int tokens) {
    recomputed += tokens;
  }

  int count() {
    return count;
  }

  int sequence(final int index) {
    return sequences[index];
  }

  int tokens(final int index) {
    return tokens[index];
  }

  int preemptions() {
    return preemptions;
  }

  /** Tokens that are computed again because of preemptions. */
  long recomputed() {
    return recomputed;
  }

  long endPicos() {
    return endPicos;
  }

  void endAt(final long picos) {
    endPicos = picos;
  }
}
