package org.inferchip.serving;

import java.util.Random;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Tokens that a request's extra layer drafts one after the other (multi-token prediction) and that
 * the next step checks, all in one pass beside the token that needs no draft. A step delivers
 *
 * <pre>
 *   1 + chance + chance^2 + ... + chance^tokens
 * </pre>
 *
 * tokens of each request on average: drafts count up to the first that is not confirmed. Known
 * errors: room for the drafts' keys and for the extra layer is not reserved.
 *
 * @param tokens drafted in each step
 * @param chance that a draft is confirmed if all before it are
 */
public record Drafts(int tokens, double chance) {
  private static final double ACCURACY = 1e-12;
  private static final int TRIALS = 200;

  /** Checks ranges. */
  public Drafts {
    if (tokens < 1 || !(chance >= 0 && chance <= 1)) {
      throw new IllegalArgumentException(tokens + " drafts, confirmed by " + chance);
    }
  }

  /**
   * Drafts of which steps deliver so many tokens of a request on average.
   *
   * @param delivered the token that needs no draft included: 1 to 1 + tokens
   */
  public static Drafts delivering(final int tokens, final double delivered) {
    if (!(delivered >= 1 && delivered <= 1 + tokens)) {
      throw new IllegalArgumentException(delivered + " tokens a step of " + tokens + " drafts");
    }
    return new Drafts(
        tokens,
        new BrentSolver(ACCURACY)
            .solve(TRIALS, chance -> new Drafts(tokens, chance).delivered() - delivered, 0, 1));
  }

  /** Tokens of a request that a step delivers on average. */
  public double delivered() {
    double sum = 1;
    double all = 1;
    for (int i = 0; i < tokens; i++) {
      all *= chance;
      sum += all;
    }
    return sum;
  }

  /** Draws how many drafts of a request are confirmed. */
  int confirmed(final Random random) {
    int count = 0;
    while (count < tokens && random.nextDouble() < chance) {
      count++;
    }
    return count;
  }
}
