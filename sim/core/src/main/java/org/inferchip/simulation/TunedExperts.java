package org.inferchip.simulation;

import org.inferchip.arch.GroupedKernel;
import org.inferchip.arch.Stack;

/**
 * Software as it serves a plan: kernels for experts that the library tuned for a device's part of
 * the model's ({@link GroupedKernel#tuned}: how many experts, and how many columns of each) stand
 * in the place of its usual ones.
 */
public final class TunedExperts {
  private TunedExperts() {}

  /** The software of a plan; as it is where the model has no experts or nothing was tuned. */
  public static Stack of(final Stack stack, final Plan plan) {
    return plan.model()
        .moe()
        .map(
            moe ->
                stack
                    .matmul()
                    .tunedFor(
                        moe.numExperts() / plan.ranks().expertParallel(),
                        plan.split().expertPart(moe.moeIntermediateSize())))
        .filter(kernels -> !kernels.equals(stack.matmul()))
        .map(stack::with)
        .orElse(stack);
  }
}
