package org.inferchip.serving;

/** Why a request was turned away at its arrival. */
public enum Rejection {
  /** Prompt and output exceed the model's positions. */
  OVER_POSITIONS("prompt and output exceed the model's positions"),
  /** Prompt and output exceed the whole KV cache. */
  OVER_KV_CACHE("prompt and output exceed the KV cache"),
  /** Without chunked prefill: the prompt exceeds a step. */
  OVER_STEP_BUDGET("the prompt exceeds the token budget of a step"),
  /** No prompt, or nothing to generate. */
  EMPTY("no prompt or no output tokens"),
  /** It follows a request that was rejected. */
  FOLLOWS_REJECTED("follows a rejected request");

  private final String reason;

  Rejection(final String reason) {
    this.reason = reason;
  }

  /** The reason in words. */
  public String reason() {
    return reason;
  }
}
