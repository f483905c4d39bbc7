package org.inferchip.model;

/** How a router turns its logits into expert scores ({@code scoring_func} in a config.json). */
public enum RouterScore {
  /** Softmax over experts (Mixtral, Qwen, gpt-oss). */
  SOFTMAX,
  /** A sigmoid for each expert (DeepSeek-V3). */
  SIGMOID
}
