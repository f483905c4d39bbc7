package org.inferchip.serving;

import java.util.Optional;

/**
 * What became of a request. Times are picoseconds from the start of the trace; {@link #NEVER} for
 * what did not happen.
 *
 * @param id the trace's name
 * @param sloClass the class of its objectives
 * @param promptTokens of its prompt
 * @param cachedTokens of its prompt, leading tokens that the prefix cache held when it was first
 *     scheduled
 * @param outputTokens delivered
 * @param arrivalPicos its arrival, or for one that followed others, its dispatch
 * @param scheduledPicos start of the first step that computed some of it
 * @param firstTokenPicos delivery of the first token
 * @param secondTokenPicos delivery of the second token
 * @param lastTokenPicos delivery of the last token; for an unfinished request, of the last so far
 * @param preemptions how often it lost its cache
 * @param outcome what became of it
 * @param rejection why it was rejected, if it was
 * @param metObjectives whether it completed within every objective of its class
 */
public record RequestRecord(
    String id,
    String sloClass,
    int promptTokens,
    int cachedTokens,
    int outputTokens,
    long arrivalPicos,
    long scheduledPicos,
    long firstTokenPicos,
    long secondTokenPicos,
    long lastTokenPicos,
    int preemptions,
    Outcome outcome,
    Optional<Rejection> rejection,
    boolean metObjectives) {

  /** Stands for the time of what did not happen. */
  public static final long NEVER = -1;

  /** Time to first token: delivery - arrival, queueing included. */
  public long ttftPicos() {
    return firstTokenPicos - arrivalPicos;
  }

  /** End to end: last token - arrival. */
  public long e2ePicos() {
    return lastTokenPicos - arrivalPicos;
  }

  /** Time per output token after the first, to the nearest picosecond; none with one token. */
  public Optional<Long> tpotPicos() {
    return outputTokens < 2
        ? Optional.empty()
        : Optional.of(rounded(lastTokenPicos - firstTokenPicos, outputTokens - 1));
  }

  /** End-to-end time per output token, to the nearest picosecond. */
  public long normalisedPicos() {
    return rounded(e2ePicos(), outputTokens);
  }

  private static long rounded(final long numerator, final long denominator) {
    return (numerator + denominator / 2) / denominator;
  }

  /** What can become of a request. */
  public enum Outcome {
    /** All tokens delivered. */
    COMPLETED,
    /** Turned away at arrival. */
    REJECTED,
    /** In the system, or yet to arrive, when the run ended. */
    UNFINISHED
  }
}
