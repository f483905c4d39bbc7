package org.inferchip.serving;

/** The requests of one step and their new tokens. Filled again for every step. */
final class StepPlan {
  private final int[] sequences;
  private final int[] tokens;
  private int count;
  private int preemptions;
  private long recomputed;
  private long swappedIn;
  private long swappedOut;
  private long endPicos;

  StepPlan(final int maxSequences) {
    sequences = new int[maxSequences];
    tokens = new int[maxSequences];
  }

  void clear() {
    count = 0;
    preemptions = 0;
    recomputed = 0;
    swappedIn = 0;
    swappedOut = 0;
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

  /** Notes that so many tokens of a preempted request are copied away. */
  void noteSwappedOut(final int tokens) {
    swappedOut += tokens;
  }

  /** Notes that so many tokens of a request are copied back. */
  void noteSwappedIn(final int tokens) {
    swappedIn += tokens;
  }

  /** Tokens that are copied back before the step. */
  long swappedIn() {
    return swappedIn;
  }

  /** Tokens that are copied away before the step. */
  long swappedOut() {
    return swappedOut;
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
