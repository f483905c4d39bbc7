package org.inferchip.calibrate;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Stack;
import org.inferchip.numerics.Format;
import org.inferchip.units.Range;

/**
 * How load tests set an engine up and what their users did.
 *
 * @param beyondPrompt token budget of a step beyond one prompt and one token of each user; absent:
 *     the stack's budget
 * @param chunked whether a prompt may be computed over several steps
 * @param apart whether users are out of step from the first round on: their first outputs are
 *     spread from one token to all, so that they never prefill together
 * @param shortest least share of the stated lengths that a prompt and an output have: they are
 *     drawn evenly between it and all of them; absent: all are of the stated length
 * @param cache format of keys and values; absent: the stack's
 * @param experts kernels of experts by model, or by the table's word for their format; where it
 *     names none, those of the stack that have the word's name, if any
 */
record Deployment(
    @Range(min = 0) Optional<Integer> beyondPrompt,
    boolean chunked,
    boolean apart,
    @Range(min = 0, max = 1) Optional<Double> shortest,
    Optional<Format> cache,
    Optional<Map<String, String>> experts) {
  /** As the stack has it, users in step. */
  static final Deployment USUAL =
      new Deployment(
          Optional.empty(), true, false, Optional.empty(), Optional.empty(), Optional.empty());

  /** As the stack has it, users out of step. */
  static final Deployment APART =
      new Deployment(
          Optional.empty(), true, true, Optional.empty(), Optional.empty(), Optional.empty());

  /** The kernels of a model's experts, of which the table says a format. */
  String experts(final String model, final String word) {
    final Map<String, String> named = experts.orElse(Map.of());
    return named.getOrDefault(model, named.getOrDefault(word, word));
  }

  int budget(final FixedLoad load, final Stack.Scheduler scheduler) {
    return beyondPrompt
        .map(tokens -> load.promptTokens() + load.users() + tokens)
        .orElse(scheduler.maxBatchedTokens());
  }
}
