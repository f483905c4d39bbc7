package org.inferchip.trace;

import java.util.List;

/**
 * One request of a trace. Times are nanoseconds, which every published trace fits exactly (Azure:
 * 100 ns, Mooncake: 1 ms) and in which a long reaches 292 years; the engine's picoseconds reach 106
 * days.
 *
 * <p>A request without dependencies is dispatched at its arrival. One with dependencies is
 * dispatched when all of them are complete and the delay and the tool wait after that are over, but
 * not before its arrival, if it has one.
 *
 * @param id unique in the trace
 * @param row its row in the source, from 0, header and blank lines not counted
 * @param arrivalNanos arrival since the start of the trace, or {@link #UNTIMED}
 * @param inputTokens prompt tokens, history included
 * @param outputTokens tokens to generate; the scheduler must not look at this
 * @param maxOutputTokens the client's limit, or 0: none given
 * @param blocks block identifiers of the prompt, by the trace's {@link BlockScheme}
 * @param prefixGroup name of a shared prefix, or empty
 * @param prefixTokens leading tokens shared within that group
 * @param session session, or empty
 * @param turn turn of the session, from 0
 * @param waitFor requests that must be complete first
 * @param delayNanos think time after dependencies
 * @param toolWaitNanos tool time after dependencies
 * @param prefixReset context compacted: the parent's blocks are not reused
 * @param model the model asked for, or empty: the run's
 * @param lora the adapter, or empty
 * @param priority lower is earlier (vLLM)
 * @param sloClass key in the run's table of objectives
 * @param deadlineNanos client's deadline after dispatch, or {@link #UNTIMED}
 * @param cancelAfterNanos client gives up after dispatch, or {@link #UNTIMED}
 * @param acceptance speculative decoding: conditional acceptance by draft position; empty: the
 *     run's
 * @param samples parallel samples
 * @param images images in the prompt
 * @param recordedTtftNanos measured time to first token, or {@link #UNTIMED}; for validation only
 * @param recordedE2eNanos measured end-to-end time, or {@link #UNTIMED}; for validation only
 */
public record Request(
    String id,
    long row,
    long arrivalNanos,
    int inputTokens,
    int outputTokens,
    int maxOutputTokens,
    BlockIds blocks,
    String prefixGroup,
    int prefixTokens,
    String session,
    int turn,
    List<String> waitFor,
    long delayNanos,
    long toolWaitNanos,
    boolean prefixReset,
    String model,
    String lora,
    int priority,
    String sloClass,
    long deadlineNanos,
    long cancelAfterNanos,
    List<Double> acceptance,
    int samples,
    int images,
    long recordedTtftNanos,
    long recordedE2eNanos) {

  /** Stands for a time that is not given. */
  public static final long UNTIMED = -1;

  /** The class of requests that name none. */
  public static final String DEFAULT_CLASS = "default";

  private static final long PICOS_PER_NANO = 1_000;

  /** Takes copies of the lists. */
  public Request {
    waitFor = List.copyOf(waitFor);
    acceptance = List.copyOf(acceptance);
  }

  /**
   * A request with nothing but its lengths.
   *
   * @param id unique in the trace
   * @param row its row
   * @param arrivalNanos arrival
   * @param inputTokens prompt tokens
   * @param outputTokens tokens to generate
   */
  public static Request plain(
      final String id,
      final long row,
      final long arrivalNanos,
      final int inputTokens,
      final int outputTokens) {
    final Draft draft = new Draft(0, row);
    draft.id = id;
    draft.arrivalNanos = arrivalNanos;
    draft.inputTokens = inputTokens;
    draft.outputTokens = outputTokens;
    return draft.build();
  }

  /** This request with a prefix that it shares with others of a group. */
  public Request sharing(final String group, final int leadingTokens) {
    final Draft draft = Draft.of(this);
    draft.prefixGroup = group;
    draft.prefixTokens = leadingTokens;
    return draft.build();
  }

  /** This request, sent when another one has ended. */
  public Request after(final String other) {
    final Draft draft = Draft.of(this);
    draft.arrivalNanos = UNTIMED;
    draft.waitFor = List.of(other);
    return draft.build();
  }

  /** This request with another delay after the ones that it waits for. */
  public Request delayed(final long nanos) {
    final Draft draft = Draft.of(this);
    draft.delayNanos = nanos;
    return draft.build();
  }

  /** Whether the trace tells with which other prompts this one begins alike. */
  public boolean tellsContent() {
    return blocks.size() > 0 || prefixTokens > 0;
  }

  /** Whether the trace gives an arrival; otherwise the request follows its dependencies. */
  public boolean isTimed() {
    return arrivalNanos != UNTIMED;
  }

  /**
   * Arrival in picoseconds.
   *
   * @throws ArithmeticException if it is later than 106 days
   */
  public long arrivalPicos() {
    if (!isTimed()) {
      throw new IllegalStateException("request " + id + " has no arrival of its own");
    }
    return Math.multiplyExact(arrivalNanos, PICOS_PER_NANO);
  }

  /** This request at another time. */
  Request at(final long nanos) {
    final Draft draft = Draft.of(this);
    draft.arrivalNanos = nanos;
    return draft.build();
  }
}
