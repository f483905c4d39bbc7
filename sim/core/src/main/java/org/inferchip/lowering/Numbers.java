package org.inferchip.lowering;

import org.inferchip.numerics.Format;

/**
 * Formats of a run.
 *
 * @param weights weights of the layers, and the inputs of their matrix multiplications
 * @param activations everything between operators, the head and its input; at least 16 bits
 * @param cache keys and values
 * @param accumulator sums of matrix multiplications, as the unit has them
 */
public record Numbers(Format weights, Format activations, Format cache, Format accumulator) {

  /** One format throughout, fp32 sums. */
  public static Numbers of(final Format format) {
    return new Numbers(format, format, format, Format.FP32);
  }

  /** Whether inputs of matrix multiplications are converted to a narrower format first. */
  public boolean quantised() {
    return weights.bits() < activations.bits();
  }
}
