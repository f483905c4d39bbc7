package org.inferchip.lowering;

import java.util.Map;
import org.inferchip.numerics.Format;

/**
 * Formats of a run.
 *
 * @param weights weights of the layers, as they lie in memory
 * @param inputs what weights are converted to while they load, and the inputs of matrix
 *     multiplications; the format of the weights where they are not converted
 * @param activations everything between operators, the head and its input; at least 16 bits
 * @param cache keys and values
 * @param accumulator sums of matrix multiplications, as the unit has them
 * @param summed activations on their way to be summed over devices
 * @param projections formats of weights that are not as the others, by the operator's name
 */
public record Numbers(
    Format weights,
    Format inputs,
    Format activations,
    Format cache,
    Format accumulator,
    Format summed,
    Map<String, Format> projections) {
  private static final String HEAD = "lm_head";

  /** Copies the map. */
  public Numbers {
    projections = Map.copyOf(projections);
  }

  /** One format throughout, fp32 sums. */
  public static Numbers of(final Format format) {
    return new Numbers(format, format, format, format, Format.FP32, format, Map.of());
  }

  /**
   * The format in which a projection multiplies: that of activations where its weights were left as
   * wide as they are (routers, say, of a model whose other weights are narrow).
   */
  public Format input(final String projection) {
    return weight(projection).bits() < activations.bits() ? inputs : activations;
  }

  /** Whether a projection's inputs are converted to a narrower format first. */
  public boolean narrows(final String projection) {
    return input(projection).bits() < activations.bits();
  }

  /** The format in which a projection's weights lie in memory. */
  public Format weight(final String projection) {
    return projections.getOrDefault(projection, projection.equals(HEAD) ? activations : weights);
  }
}
