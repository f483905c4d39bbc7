package org.inferchip.calibrate;

/**
 * A decode step of a {@link Stage} as one roofline, closed over the load: the running requests N
 * are those of Little's law,
 *
 * <pre>
 *   N = rate x output x T(N), at most the running requests that the engine allows
 * </pre>
 *
 * with T of {@link StepRoofline}. TPOT is T; time to first token is one step; end to end is a step
 * for each token.
 *
 * @param stage the load
 * @param steps steps at the stage's mean context
 */
record StageRoofline(Stage stage, StepRoofline steps) {
  private static final int ITERATIONS = 200;
  private static final double MICROS = 1e6;

  /** A step at the stage's load. */
  Roofline step() {
    return (launch, compute, memory) -> {
      double sequences = 1;
      double micros = 0;
      for (int i = 0; i < ITERATIONS; i++) {
        micros = steps.micros(sequences, launch, compute, memory);
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
}
