package org.inferchip.model;

/** The nonlinearity of the feed-forward part, by its Hugging Face {@code hidden_act} name. */
public enum Activation {
  /** x * sigmoid(x). */
  SILU,
  /** x * Phi(x), with the error function. */
  GELU,
  /** The tanh approximation of GELU ({@code gelu_pytorch_tanh}). */
  GELU_TANH,
  /** The tanh approximation as GPT-2 writes it; same values as {@link #GELU_TANH}. */
  GELU_NEW,
  /** max(0, x). */
  RELU
}
