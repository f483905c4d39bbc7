package org.inferchip.serving;

import java.util.Optional;

/**
 * While requests run, those that have come wait, so that prompts interrupt the others' decoding
 * less often.
 *
 * @param steps after which they are let in
 * @param share of the token budget: as soon as the step would have so many tokens with them they
 *     are let in anyway; absent: however many there are
 * @param polled whether steps are counted from when requests were last looked for (and one with
 *     prompts counts as enough: SGLang's {@code scheduler-recv-interval}), not from when the first
 *     of them came (TensorRT-LLM's {@code batch_wait_timeout_iters})
 * @param ranks of data-parallel attention: once each of so many has a prompt that waits, the wait
 *     ends too (TensorRT-LLM's {@code attention_dp_config}, balanced); nor do they wait while fewer
 *     run; 0: none
 * @param further steps for which so many still wait for others
 */
public record Hold(int steps, Optional<Double> share, boolean polled, int ranks, int further) {
  /** Checks ranges. */
  public Hold {
    ServingConfig.atLeastOne("steps", steps);
    if (share.isPresent() && !(share.get() > 0)) {
      throw new IllegalArgumentException("share of the budget: " + share.get());
    }
    if (ranks < 0 || further < 0) {
      throw new IllegalArgumentException("ranks " + ranks + ", further steps " + further);
    }
  }

  /** Without ranks. */
  public Hold(final int steps, final Optional<Double> share, final boolean polled) {
    this(steps, share, polled, 0, 0);
  }
}
