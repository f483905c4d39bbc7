package org.inferchip.simulation;

import java.util.Optional;

/**
 * What one serving step costs on one replica. The serving loop knows nothing of chips and
 * operators; it asks this for every step.
 *
 * <p>An implementation is deterministic (equal batches cost the same), keeps no reference to its
 * arguments, and is called by one thread. It includes host time, launches and padding.
 */
@FunctionalInterface
public interface StepCost {
  /**
   * Costs one step.
   *
   * @param batch the work; at least one token; valid during the call only
   * @param out set completely by the call
   */
  void cost(StepBatch batch, StepTime out);

  /**
   * Times that every step within limits is proven to keep; empty where nothing is proven.
   *
   * @param limits of the scheduler
   */
  default Optional<StepBounds> bounds(final StepLimits limits) {
    return Optional.empty();
  }
}
