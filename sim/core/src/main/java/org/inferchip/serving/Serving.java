package org.inferchip.serving;

import java.util.function.LongConsumer;
import org.inferchip.arch.SystemDescription;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.Trace;

/**
 * Replays a trace on one replica, or on several. Deterministic: equal arguments give equal results.
 */
public final class Serving {
  private Serving() {}

  /** As {@link #run(Trace, ServingConfig, SystemDescription, int, StepCost, LongConsumer)}. */
  public static RunResult run(
      final Trace trace,
      final ServingConfig config,
      final SystemDescription system,
      final int chips,
      final StepCost cost) {
    return run(trace, config, system, chips, cost, ended -> {});
  }

  /**
   * Replays a trace.
   *
   * @param trace the requests
   * @param config how they are served
   * @param system the box: for idle power and for what stands around the chips
   * @param chips allocated to the replica, at most the system's count
   * @param cost of a step on these chips
   * @param progress told the number of requests that have ended, as it grows
   */
  public static RunResult run(
      final Trace trace,
      final ServingConfig config,
      final SystemDescription system,
      final int chips,
      final StepCost cost,
      final LongConsumer progress) {
    return run(trace, Deployment.single(new Pool(system, chips, config, cost, 1)), progress);
  }

  /** Replays a trace on several instances behind a router. */
  public static RunResult run(
      final Trace trace, final Deployment deployment, final LongConsumer progress) {
    final Fleet fleet = new Fleet(new Requests(RequestTable.of(trace), progress), deployment);
    fleet.run();
    return new Summary(trace, fleet).result();
  }
}
