package org.inferchip.serving;

/** Lets requests that have come in to the scheduler: {@link ServingConfig.Hold}. */
final class Gate {
  private final ServingConfig.Hold hold;
  private final double enough;
  private int steps;

  Gate(final ServingConfig.Hold hold, final int budget) {
    this.hold = hold;
    enough = hold.share().map(share -> share * budget).orElse(Double.POSITIVE_INFINITY);
    steps = hold.steps();
  }

  /**
   * Whether those who wait are let in to the next step.
   *
   * @param running requests that run
   * @param tokens of the step with them
   */
  boolean opens(final int running, final long tokens) {
    if (running > 0 && steps < hold.steps() && tokens < enough) {
      return false;
    }
    steps = 0;
    return true;
  }

  /**
   * A step begins.
   *
   * @param prompts whether it has any
   * @param held requests that were not let in
   */
  void step(final boolean prompts, final int held) {
    if (hold.polled()) {
      steps = prompts ? hold.steps() : steps + 1;
    } else {
      steps = held > 0 ? steps + 1 : 0;
    }
  }
}
