package org.inferchip.model;

/** What the attention of a layer sees. */
public enum Span {
  /** Only the last {@code sliding_window} tokens. */
  LOCAL,
  /** The whole context. */
  FULL
}
