package org.inferchip.lowering;

import java.util.List;

/**
 * Equal layers of a step.
 *
 * @param layers their indices
 * @param calls the operators of one of them, in order
 */
public record LayerBlock(List<Integer> layers, List<Call> calls) {
  /** Copies the lists. */
  public LayerBlock {
    layers = List.copyOf(layers);
    calls = List.copyOf(calls);
  }

  /** How many layers. */
  public int repeat() {
    return layers.size();
  }
}
