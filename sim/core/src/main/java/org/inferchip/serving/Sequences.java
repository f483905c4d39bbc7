package org.inferchip.serving;

/**
 * What a scheduler may know of requests: tokens known so far and tokens computed so far. How many
 * tokens a request will generate is not here, so no scheduler can depend on it; the serving loop
 * alone sees the stop. Flat arrays by request index.
 */
final class Sequences {
  private final int[] tokens;
  private final int[] computed;
  private final int[] scheduled;
  private final int[] lost;
  private final int[] prompts;

  /**
   * Sequences that have their prompts only.
   *
   * @param promptTokens by request
   */
  Sequences(final int[] promptTokens) {
    prompts = promptTokens;
    tokens = promptTokens.clone();
    computed = new int[tokens.length];
    lost = new int[tokens.length];
    scheduled = new int[tokens.length];
  }

  /** Tokens known: prompt and what has been generated. */
  int tokens(final int sequence) {
    return tokens[sequence];
  }

  /** Tokens whose keys and values are in the cache. */
  int computed(final int sequence) {
    return computed[sequence];
  }

  /** Tokens known and not yet computed. */
  int remaining(final int sequence) {
    return tokens[sequence] - computed[sequence];
  }

  /** Whether of a sequence only the last token is to be computed, and that was generated. */
  boolean isDecoding(final int sequence) {
    return remaining(sequence) == 1 && tokens[sequence] > prompts[sequence];
  }

  /** Whether a step with this sequence is in flight. */
  boolean isInFlight(final int sequence) {
    return scheduled[sequence] > 0;
  }

  /** Puts so many tokens in flight. */
  void schedule(final int sequence, final int count) {
    scheduled[sequence] = count;
  }

  /** Ends the step in flight. */
  void land(final int sequence) {
    computed[sequence] += scheduled[sequence];
    scheduled[sequence] = 0;
  }

  /** The last token, a draft, was computed in the step that confirmed it. */
  void confirm(final int sequence) {
    computed[sequence]++;
  }

  /** Adds a generated token. */
  void append(final int sequence) {
    tokens[sequence]++;
  }

  /**
   * Starts a sequence with what the cache holds of it.
   *
   * @return how many tokens are computed again because of a preemption
   */
  int start(final int sequence, final int cachedTokens) {
    final int again = Math.max(0, lost[sequence] - cachedTokens);
    computed[sequence] = cachedTokens;
    lost[sequence] = 0;
    return again;
  }

  /** Forgets what was computed (preemption by recompute). */
  void restart(final int sequence) {
    lost[sequence] = computed[sequence];
    computed[sequence] = 0;
  }
}
