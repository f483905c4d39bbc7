package org.inferchip.model;

/** How a model knows where a token stands. */
public enum Position {
  /** Rotary: queries and keys are rotated; no parameters. */
  ROPE,
  /** A learned vector for each position is added to the embedding. */
  LEARNED
}
