package org.inferchip.simulation;

import org.inferchip.arch.Stack;

/**
 * What a step takes beyond its operators:
 *
 * <pre>
 *   fixed + requests x per request + tokens x per token + all-reduces x skew x log2(devices)
 * </pre>
 *
 * The last is ranks that wait for each other, since they are launched apart; a microbenchmark of
 * the all-reduce does not have it. Its form is of a fit (3 to 5 us on Hopper, 0 to 2 on Blackwell),
 * not of an observed mechanism.
 */
final class HostTime {
  private static final double PICOS = 1e12;

  private HostTime() {}

  static double picos(
      final Plan plan, final int requests, final int tokens, final double allReduces) {
    final Stack.Step step = plan.system().stack().step();
    final double doublings =
        StrictMath.log(plan.tensorParallel()) / StrictMath.log(2) * step.skew().orElse(0.0);
    return PICOS
        * (step.fixed()
            + step.perRequest() * requests
            + step.perToken() * tokens
            + allReduces * doublings);
  }
}
