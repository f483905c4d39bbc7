package org.inferchip.model;

import java.util.Locale;
import org.inferchip.units.Keyed;

/** The nonlinearity of the feed-forward part, by its Hugging Face {@code hidden_act} name. */
public enum Activation implements Keyed {
  /** x * sigmoid(x). */
  SILU,
  /** x * Phi(x), with the error function. */
  GELU,
  /** The tanh approximation of GELU ({@code gelu_pytorch_tanh}). */
  GELU_TANH,
  /** The tanh approximation as GPT-2 writes it; same values as {@link #GELU_TANH}. */
  GELU_NEW,
  /** max(0, x). */
  RELU;

  @Override
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
