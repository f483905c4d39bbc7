package org.inferchip.model;

/** Which half of the transformer a model is. */
public enum Architecture {
  /** Causal; keeps a key-value cache and generates tokens. */
  DECODER,
  /** Bidirectional; one pass over the input, no cache, no language-model head. */
  ENCODER
}
