package org.inferchip.explore.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.inferchip.explore.pareto.Goal;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepBatch;
import org.inferchip.simulation.StepFloor;

/**
 * The best that a design could be: its steps at the floor that physics sets ({@link StepFloor}),
 * with idle power over that time and the joules of the bytes that memory must deliver. Nothing is
 * searched or simulated. Only figures that cannot get better where time or joules grow are given,
 * and those of the design itself; of a trace, only the latter.
 */
final class Bound {
  /** Figures that never get better where time or joules grow, and whether less or more is good. */
  static final Map<String, Goal> GOOD =
      Map.of(
          "ttft_ms", Goal.MIN,
          "tpot_ms", Goal.MIN,
          "e2e_ms", Goal.MIN,
          "output_tokens_per_s", Goal.MAX,
          "tokens_per_joule", Goal.MAX,
          "tokens_per_s_per_watt", Goal.MAX,
          "tokens_per_chip_joule", Goal.MAX,
          "tokens_per_usd", Goal.MAX,
          "usd_per_million_tokens_total", Goal.MIN);

  private static final double SECONDS_PER_PICO = 1e-12;
  private static final int BITS_PER_BYTE = 8;

  private Bound() {}

  /** The best figures of a design. */
  static Map<String, Double> of(final Design design) {
    final Plan plan = design.plan();
    final Map<String, Double> own = new LinkedHashMap<>();
    Figures.design(design.system(), plan, own);
    if (!(design.work() instanceof final Work.Steps work)) {
      return own;
    }
    final StepFloor floor = new StepFloor(plan);
    final StepBatch decode = new StepBatch();
    for (int i = 0; i < work.batch(); i++) {
      decode.addDecode(work.context() - 1);
    }
    final Optional<StepMeasure.Cost> prefill =
        work.prefill()
            .map(
                tokens -> {
                  final StepBatch batch = new StepBatch();
                  batch.addPrefill(tokens, 0, true);
                  return cost(plan, floor.least(batch));
                });
    final Map<String, Double> best =
        StepMeasure.figures(design, plan, cost(plan, floor.least(decode)), prefill);
    best.keySet().removeIf(name -> !GOOD.containsKey(name) && !own.containsKey(name));
    return best;
  }

  private static StepMeasure.Cost cost(final Plan plan, final StepFloor.Least least) {
    final double seconds = least.picos() * SECONDS_PER_PICO;
    final double idle = plan.system().chip().power().idle() * plan.chips() * seconds;
    final double moved =
        plan.system().chip().memory().isPresent()
            ? least.bytes()
                * BITS_PER_BYTE
                * plan.system().chip().energy().memory()
                * plan.tensorParallel()
            : 0;
    return new StepMeasure.Cost(seconds, idle + moved);
  }
}
