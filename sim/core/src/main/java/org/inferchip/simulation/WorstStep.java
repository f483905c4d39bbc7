package org.inferchip.simulation;

import java.util.function.ToDoubleFunction;

/**
 * Bounds of all steps within some limits. A step's cost is a sum of parts, each a convex
 * combination of costs simulated at knots; so no part is over the largest of the knots that steps
 * within the limits can touch, nor under the smallest, and no step over the sum of the largest:
 *
 * <pre>
 *   step     &lt;= tokens + head + decode attention + one chunk's attention + host
 *   interval &lt;= max(fullest stage's layers, head's stage) + host
 * </pre>
 *
 * each at its own worst, which no single step need reach. Nothing is assumed of costs between
 * knots, such as that more tokens take longer.
 */
final class WorstStep {
  private final CostCurve perToken;
  private final CostCurve perSample;
  private final CostCurve perPickedSample;
  private final CostSurface decode;
  private final CostSurface prefill;
  private final StepLimits limits;

  WorstStep(
      final CostCurve perToken,
      final CostCurve perSample,
      final CostCurve perPickedSample,
      final CostSurface decode,
      final CostSurface prefill,
      final StepLimits limits) {
    this.perToken = perToken;
    this.perSample = perSample;
    this.perPickedSample = perPickedSample;
    this.decode = decode;
    this.prefill = prefill;
    this.limits = limits;
  }

  /** The largest that a quantity of a step can be. */
  double most(final ToDoubleFunction<double[]> quantity, final int tokens, final int samples) {
    return perToken.most(tokens, quantity)
        + Math.max(perSample.most(samples, quantity), perPickedSample.most(samples, quantity))
        + decode.most(limits.decodes(), limits.contextTokens(), quantity)
        + prefill.most(limits.chunkTokens(), limits.contextTokens(), quantity);
  }

  /** The least that a quantity of any step can be: its tokens' own part alone. */
  double least(final ToDoubleFunction<double[]> quantity, final int tokens) {
    return -perToken.most(tokens, vector -> -quantity.applyAsDouble(vector));
  }
}
