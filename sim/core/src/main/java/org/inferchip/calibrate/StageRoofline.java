package org.inferchip.calibrate;

import org.inferchip.model.Model;
import org.inferchip.numerics.Format;

/**
 * A decode step of a {@link Stage} as one roofline, closed over the load: a step of N sequences
 * takes
 *
 * <pre>
 *   T(N) = launch + max(2 P_active N / (c peak n), (W(N) + N context kv) / (m bandwidth n))
 *   N    = rate x output x T(N), at most the running requests that the engine allows
 * </pre>
 *
 * on n chips, with N by Little's law and W(N) the weights read: of routed experts (K of E) the
 * share 1 - (1 - K/E)^N that N independent tokens visit. TPOT is T; time to first token is one
 * step; end to end is a step for each token.
 */
final class StageRoofline {
  private static final int ITERATIONS = 200;
  private static final double MICROS = 1e6;

  private final Stage stage;
  private final double operationsPerSequence;
  private final double expertBytes;
  private final double otherBytes;
  private final double missShare;
  private final double cacheBytesPerSequence;
  private final double peak;
  private final double bandwidth;

  StageRoofline(
      final Stage stage,
      final Model model,
      final Format weights,
      final Format cache,
      final Target target,
      final int chips) {
    this.stage = stage;
    operationsPerSequence = 2.0 * model.activeParametersWithoutEmbedding();
    final double bytesPerElement = weights.bits() / 8;
    final double idle = model.parameters() - model.activeParameters();
    missShare =
        model.moe().map(moe -> 1 - (double) moe.numExpertsPerTok() / moe.numExperts()).orElse(0.0);
    final double experts = missShare == 0 ? 0 : idle / missShare;
    expertBytes = experts * bytesPerElement;
    otherBytes = (model.parameters() - experts) * bytesPerElement;
    cacheBytesPerSequence =
        (stage.promptTokens() + stage.outputTokens() / 2) * model.kvBytesPerToken(cache);
    peak = target.peak(weights) * chips;
    bandwidth = target.bandwidth() * chips;
  }

  /** A step at the stage's load. */
  Roofline step() {
    return (launch, compute, memory) -> {
      double sequences = 1;
      double micros = 0;
      for (int i = 0; i < ITERATIONS; i++) {
        micros = micros(sequences, launch, compute, memory);
        final double next =
            Math.min(
                stage.maxSequences(),
                Math.max(1, stage.rate() * stage.outputTokens() * micros / MICROS));
        if (Math.abs(next - sequences) <= 1e-9 * sequences) {
          break;
        }
        sequences = next;
      }
      return micros;
    };
  }

  /** All tokens of a request. */
  Roofline request() {
    final Roofline step = step();
    return (launch, compute, memory) -> stage.outputTokens() * step.micros(launch, compute, memory);
  }

  private double micros(
      final double sequences, final double launch, final double compute, final double memory) {
    final double visited = 1 - StrictMath.pow(missShare, sequences);
    final double bytes = otherBytes + expertBytes * visited + sequences * cacheBytesPerSequence;
    return launch
        + MICROS
            * Math.max(
                operationsPerSequence * sequences / (compute * peak), bytes / (memory * bandwidth));
  }
}
