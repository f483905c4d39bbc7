package org.inferchip.simulation;

import org.inferchip.simulation.StepLayout.Item;

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
  private WorstStep() {}

  static StepBounds bounds(
      final Plan plan, final StepLayout layout, final StepCurves curves, final StepLimits limits) {
    final double host =
        HostTime.picos(
                plan,
                limits.requests(),
                limits.tokens(),
                name -> curves.most(limits, vector -> layout.calls(vector, name)))
            + HostTime.mostLaunches(plan);
    final double device = curves.most(limits, vector -> layout.total(vector, Item.LATENCY));
    final double interval =
        plan.stages()
            .slowest(
                curves.most(limits, vector -> vector[layout.layers()])
                    / plan.model().numHiddenLayers(),
                curves.most(limits, vector -> vector[layout.outside()]));
    final long most = (long) Math.ceil(device + host) + 1;
    return new StepBounds(
        (long) Math.floor(curves.least(limits, vector -> layout.total(vector, Item.LATENCY))),
        most,
        Math.min(most, (long) Math.ceil(interval + host) + 1));
  }
}
