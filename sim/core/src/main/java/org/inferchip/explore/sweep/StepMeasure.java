package org.inferchip.explore.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.inferchip.lowering.StepShape;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepProfile;

/**
 * A steady load out of two simulated steps: with B sequences that decode together, P tokens of
 * prompt and O of output,
 *
 * <pre>
 *   time   = O x decode step of B sequences + B x prefill step of P tokens     for B x O tokens
 *   ttft   = prefill step,  tpot = decode step,  e2e = ttft + O x tpot
 * </pre>
 *
 * Joules likewise. Assumptions: no queue, prompts computed one at a time and not beside decoding,
 * and the decode step at the mean context stands for all. Nothing is interpolated.
 */
final class StepMeasure implements Measure {
  private static final double SECONDS_PER_PICO = 1e-12;

  private final Simulators simulators;

  StepMeasure(final Simulators simulators) {
    this.simulators = simulators;
  }

  /**
   * A step's time and energy.
   *
   * @param joules of all chips
   */
  record Cost(double seconds, double joules) {
    static Cost of(final StepProfile profile) {
      return new Cost(profile.latencyPicos() * SECONDS_PER_PICO, profile.energyJoules());
    }
  }

  @Override
  public Map<String, Double> of(final Design design) {
    final Plan plan = design.plan();
    final Work.Steps work = (Work.Steps) design.work();
    final OperatorSimulator simulator = simulators.of(plan);
    final Cost decode =
        Cost.of(StepProfile.of(plan, StepShape.decode(work.batch(), work.context()), simulator));
    final Optional<Cost> prefill =
        work.prefill()
            .map(tokens -> StepShape.prefill(tokens, tokens))
            .map(shape -> Cost.of(StepProfile.of(plan, shape, simulator)));
    return figures(design, plan, decode, prefill);
  }

  /** The figures of a design whose steps cost so much. */
  static Map<String, Double> figures(
      final Design design, final Plan plan, final Cost decode, final Optional<Cost> prefill) {
    final Work.Steps work = (Work.Steps) design.work();
    final Map<String, Double> figures = new LinkedHashMap<>();
    Figures.design(design.system(), plan, figures);
    final double first = prefill.map(Cost::seconds).orElse(0.0) * work.batch();
    final double seconds = work.output() * decode.seconds() + first;
    final double joules =
        work.output() * decode.joules() + work.batch() * prefill.map(Cost::joules).orElse(0.0);
    prefill.ifPresent(step -> figures.put("ttft_ms", step.seconds() * 1e3));
    figures.put("tpot_ms", decode.seconds() * 1e3);
    prefill.ifPresent(
        step -> figures.put("e2e_ms", (step.seconds() + work.output() * decode.seconds()) * 1e3));
    Figures.money(
        plan,
        seconds,
        joules,
        first / seconds,
        (long) work.batch() * work.prefill().orElse(0),
        (long) work.batch() * work.output(),
        figures);
    return figures;
  }
}
