package org.inferchip.serving;

import java.util.Optional;
import org.inferchip.arch.Stack;
import org.inferchip.units.Picoseconds;

/**
 * What is between a client and the scheduler.
 *
 * @param ahead whether a step is scheduled when the one before it starts (asynchronous scheduling),
 *     so that who arrives in a step is in the one after the next
 * @param late whether first tokens of a step are delivered only when the step after it, if that has
 *     prompts too, is over
 * @param frontEndPicos from a request's arrival until it can be scheduled, the way of its tokens
 *     back included: time to first token has it once
 * @param tokenPicos of the one tokenizer for each token of a prompt, before that: requests wait for
 *     each other there
 * @param requestPicos of the front end's time, in which it is busy with one request alone
 * @param hold for how long the scheduler leaves requests alone that have come; absent: for no
 *     longer than that
 */
public record Host(
    boolean ahead,
    boolean late,
    long frontEndPicos,
    long tokenPicos,
    long requestPicos,
    Optional<Hold> hold) {
  /** Nothing. */
  public static final Host NONE = new Host(false, 0);

  /** Without a tokenizer and a hold. */
  public Host(final boolean ahead, final long frontEndPicos) {
    this(ahead, frontEndPicos, 0, Optional.empty());
  }

  /** With a front end that is busy with prompts alone. */
  public Host(
      final boolean ahead,
      final long frontEndPicos,
      final long tokenPicos,
      final Optional<Hold> hold) {
    this(ahead, false, frontEndPicos, tokenPicos, 0, hold);
  }

  /** This with a hold. */
  public Host with(final Optional<Hold> other) {
    return new Host(ahead, late, frontEndPicos, tokenPicos, requestPicos, other);
  }

  /** Checks the range. */
  public Host {
    if (tokenPicos < 0 || requestPicos < 0 || requestPicos > frontEndPicos) {
      throw new IllegalArgumentException(
          String.format(
              "front end %d ps, %d of them alone, %d ps a token",
              frontEndPicos, requestPicos, tokenPicos));
    }
  }

  /** That of a stack. */
  public static Host of(final Stack.Step step) {
    return new Host(
        step.ahead().orElse(false),
        step.late().orElse(false),
        Picoseconds.of(step.frontEnd().orElse(0.0)),
        Picoseconds.of(step.frontEndToken().orElse(0.0)),
        Picoseconds.of(step.frontEndRequest().orElse(0.0)),
        Optional.empty());
  }
}
