package org.inferchip.serving;

/** Lets requests that have come in to the scheduler: {@link Hold}. */
final class Gate {
  private final Hold hold;
  private final double enough;
  private int steps;
  private int further;

  Gate(final Hold hold, final int budget) {
    this.hold = hold;
    enough = hold.share().map(share -> share * budget).orElse(Double.POSITIVE_INFINITY);
    steps = hold.steps();
  }

  /**
   * Whether those who wait are let in to the next step.
   *
   * @param running requests that run
   * @param ranks that have a prompt which waits
   * @param tokens of the step with them
   */
  boolean opens(final int running, final int ranks, final long tokens) {
    if (running >= Math.max(1, hold.ranks())
        && steps < hold.steps()
        && tokens < enough
        && !complete(ranks)) {
      return false;
    }
    steps = 0;
    further = 0;
    return true;
  }

  /** Whether each rank has had a prompt for long enough. */
  private boolean complete(final int ranks) {
    if (hold.ranks() == 0 || ranks < hold.ranks()) {
      return false;
    }
    steps = 0;
    return ++further > hold.further();
  }

  /**
   * The rank of a request: all users' requests go to them in turn, and a user's next request to
   * where the last one made room.
   */
  int rank(final int sequence) {
    return sequence % Math.max(1, hold.ranks());
  }

  /** Ranks that attend apart; 1 where there are none. */
  int ranks() {
    return Math.max(1, hold.ranks());
  }

  /**
   * A step begins.
   *
   * @param prompts whether it has any
   * @param held requests that were not let in
   */
  void step(final boolean prompts, final int held) {
    if (hold.polled()) {
      steps = prompts && hold.ranks() == 0 ? hold.steps() : steps + 1;
    } else {
      steps = held > 0 ? steps + 1 : 0;
    }
  }
}
