package org.inferchip.verification;

import java.util.List;

/**
 * What a decoder wrote.
 *
 * @param text prompt and continuation
 * @param tokens tokens after the begin token, the prompt's first
 * @param generated how many of them the decoder chose
 * @param agreement share of the chosen tokens that a plain float64 decoder chooses after the same
 *     tokens, 0 to 1; 1 where none was chosen
 * @param steps steps taken: one for the prompt, then one a token
 * @param firstPicos simulated time until the first chosen token
 * @param latencyPicos simulated time of all steps, host time included
 */
public record Generation(
    String text,
    List<Integer> tokens,
    int generated,
    double agreement,
    int steps,
    long firstPicos,
    long latencyPicos) {

  /** Copies the list. */
  public Generation {
    tokens = List.copyOf(tokens);
  }
}
