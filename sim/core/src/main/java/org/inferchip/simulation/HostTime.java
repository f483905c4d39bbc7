package org.inferchip.simulation;

import java.util.function.ToDoubleFunction;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.Stack;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.units.Picoseconds;

/**
 * What a step takes beyond its operators:
 *
 * <pre>
 *   fixed + requests x per request + tokens x per token + (all-reduces + exchanges of ranks) x skew
 *     + crossings x (islands' latency + tokens x hidden / islands' bandwidth) + way back
 * </pre>
 *
 * Skew is ranks that wait for each other, since they are launched apart; a microbenchmark of the
 * all-reduce does not have it. It is the same at two, four and eight devices (steps of few users on
 * Hopper), and its value is of a fit, not of an observed mechanism. Crossings are hops of a
 * pipeline from one island of chips to the next (cards of another server, another wafer); the hop
 * itself is an operator that costs what it does within an island. The way back is that of a token
 * from the last stage to the first, where no host is in the loop.
 */
final class HostTime {
  private HostTime() {}

  /**
   * Host time of a step.
   *
   * @param requests of the fullest rank
   * @param tokens of the fullest rank
   * @param calls how often an operator of some name runs
   */
  static double picos(
      final Plan plan, final int requests, final int tokens, final ToDoubleFunction<String> calls) {
    final Stack.Step step = plan.system().stack().step();
    final double skew = step.skew().orElse(0.0);
    final double exchanges =
        calls.applyAsDouble(LoweredStep.DISPATCH)
            + calls.applyAsDouble(LoweredStep.RETURN)
            + 2 * calls.applyAsDouble(LoweredStep.REDUCE_SCATTER);
    return Picoseconds.PER_SECOND
        * (step.fixed()
            + step.perRequest() * requests
            + step.perToken() * tokens
            + (calls.applyAsDouble(LoweredStep.ALL_REDUCE) + exchanges) * skew
            + pipeline(plan, tokens));
  }

  private static double pipeline(final Plan plan, final int tokens) {
    final ScaleUp link = plan.system().chip().scaleUp().orElse(null);
    if (plan.pipelineParallel() == 1 || link == null) {
      return 0;
    }
    double seconds = 0;
    if (link.islands().isPresent()) {
      final ScaleUp.Islands islands = link.islands().get();
      final double bytes =
          plan.numbers().activations().bytes((long) tokens * plan.model().hiddenSize());
      seconds +=
          crossings(plan, islands)
              * (islands.latency() + bytes / (islands.bandwidth() * link.efficiency()));
    }
    if (!plan.system().stack().hostInTheLoop()) {
      seconds += link.latency();
      if (link.islands().map(islands -> crossings(plan, islands) > 0).orElse(false)) {
        seconds += link.islands().get().latency();
      }
    }
    return seconds;
  }

  /**
   * What the host needs to launch the kernels of a step one by one, picoseconds: those of steps
   * with prompts that no captured graph holds.
   */
  static double launches(final Plan plan, final StepBatch batch) {
    return plan.system()
        .stack()
        .step()
        .eager()
        .filter(eager -> batch.chunks() > 0 && batch.tokens() >= eager.from().orElse(1))
        .map(eager -> layersPicos(plan, eager))
        .orElse(0.0);
  }

  /**
   * How long before a step of the device ends the host can begin to launch the next one. Where
   * steps are planned ahead it does so as soon as the step before is over and its own launches are
   * (known error: also where that one ended long ago); else when the step has ended.
   *
   * @param before the same of the step before
   * @param launches of this step
   * @param latency of this step
   */
  static double lead(
      final Plan plan, final double before, final double launches, final long latency) {
    return plan.system().stack().step().ahead().orElse(false)
        ? Math.max(0, latency + Math.min(0, before - launches))
        : 0;
  }

  /** The most that a device can wait so. */
  static double mostLaunches(final Plan plan) {
    return plan.system().stack().step().eager().map(eager -> layersPicos(plan, eager)).orElse(0.0);
  }

  private static double layersPicos(final Plan plan, final Stack.Eager eager) {
    return Picoseconds.PER_SECOND * eager.layer() * plan.model().numHiddenLayers();
  }

  /** Hops whose ends are on different islands. */
  private static int crossings(final Plan plan, final ScaleUp.Islands islands) {
    final int hops = plan.split().hops();
    final int chips = plan.stageChips();
    return chips >= islands.size() ? hops : hops * chips / islands.size();
  }
}
