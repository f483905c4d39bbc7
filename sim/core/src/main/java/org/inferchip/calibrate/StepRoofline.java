package org.inferchip.calibrate;

import org.inferchip.model.Model;
import org.inferchip.simulation.Plan;

/**
 * A decode step of N sequences on n chips as one roofline:
 *
 * <pre>
 *   T(N) = launch + max(2 P_active N / (c peak n), (W(N) + N context kv) / (m bandwidth n))
 * </pre>
 *
 * with W(N) the weights read: of routed experts (K of E) the share 1 - (1 - K/E)^N that N
 * independent tokens visit.
 */
final class StepRoofline {
  private static final double MICROS = 1e6;

  private final double operationsPerSequence;
  private final double expertBytes;
  private final double otherBytes;
  private final double missShare;
  private final double cacheBytesPerSequence;
  private final double peak;
  private final double bandwidth;

  private StepRoofline(final Plan plan, final Target target, final double context) {
    final Model model = plan.model();
    operationsPerSequence = 2.0 * model.activeParametersWithoutEmbedding();
    final double bytesPerElement = plan.weights().bits() / 8;
    final double idle = model.parameters() - model.activeParameters();
    missShare =
        model.moe().map(moe -> 1 - (double) moe.numExpertsPerTok() / moe.numExperts()).orElse(0.0);
    final double experts = missShare == 0 ? 0 : idle / missShare;
    expertBytes = experts * bytesPerElement;
    otherBytes = (model.parameters() - experts) * bytesPerElement;
    cacheBytesPerSequence = context * model.kvBytesPerToken(plan.cache());
    peak = target.peak(plan.inputs()) * plan.stageChips();
    bandwidth = target.bandwidth() * plan.stageChips();
  }

  /**
   * The roofline of a plan's steps, of the chips that share a layer.
   *
   * @param context mean tokens in the cache of a sequence
   */
  static StepRoofline of(final Plan plan, final Target target, final double context) {
    return new StepRoofline(plan, target, context);
  }

  /** Microseconds of a step of so many sequences. */
  double micros(
      final double sequences, final double launch, final double compute, final double memory) {
    return micros(sequences, sequences * cacheBytesPerSequence, launch, compute, memory);
  }

  /** Microseconds of the first step of a prompt. */
  double prefillMicros(
      final double tokens, final double launch, final double compute, final double memory) {
    return micros(tokens, 0, launch, compute, memory);
  }

  private double micros(
      final double tokens,
      final double cacheBytes,
      final double launch,
      final double compute,
      final double memory) {
    final double visited = 1 - StrictMath.pow(missShare, tokens);
    final double bytes = otherBytes + expertBytes * visited + cacheBytes;
    return launch
        + MICROS
            * Math.max(
                operationsPerSequence * tokens / (compute * peak), bytes / (memory * bandwidth));
  }
}
