package org.inferchip.lowering;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.inferchip.model.MixtureOfExperts;

/**
 * How many tokens each expert gets, of tokens that choose independently.
 *
 * <p>With T tokens to K of E experts that are as likely, the expected number of distinct experts is
 * E (1 - (1 - K/E)^T): that, not K, is what a decode step reads. The tokens are spread over that
 * many experts as evenly as whole numbers go.
 *
 * <p>With a skew a choice falls on each by its {@link Popularity} p_i, so that a token has it with
 * q_i = 1 - (1 - p_i)^m, m such that sum q_i = K (an approximation of drawing K different ones).
 * Distinct are sum 1 - (1 - q_i)^T of them, taken to be the most popular, each with its share of
 * the tokens. Which experts are popular differs from layer to layer, but not how many: one order
 * stands for all.
 */
final class Routing {
  private static final double ACCURACY = 1e-12;
  private static final int TRIALS = 200;

  private final int experts;
  private final int perToken;

  /** How likely a token has each expert, the most popular first; null where all are as likely. */
  private final double[] likely;

  /**
   * Of a layer's experts.
   *
   * @param skew how much more tokens like some experts; 0: alike
   */
  Routing(final MixtureOfExperts moe, final double skew) {
    experts = moe.numExperts();
    perToken = moe.numExpertsPerTok();
    likely = skew == 0 || perToken == experts ? null : chosen(experts, perToken, skew);
  }

  /** Expected distinct experts, rounded; at least K and at most E and T*K. */
  static int distinct(final int experts, final int perToken, final int tokens) {
    final double missed = StrictMath.pow(1 - (double) perToken / experts, tokens);
    return distinct(experts * (1 - missed), experts, perToken, tokens);
  }

  private static int distinct(
      final double expected, final int experts, final int perToken, final int tokens) {
    final long most = Math.min(experts, (long) tokens * perToken);
    return (int) Math.max(perToken, Math.min(Math.round(expected), most));
  }

  /** Rows of each distinct expert; their sum is tokens x perToken. */
  List<Integer> rows(final int tokens) {
    return likely == null
        ? evenRows(distinct(experts, perToken, tokens), (long) tokens * perToken)
        : unevenRows(likely, perToken, tokens);
  }

  private static List<Integer> evenRows(final int distinct, final long total) {
    final List<Integer> rows = new ArrayList<>(distinct);
    for (int i = 0; i < distinct; i++) {
      rows.add((int) (total * (i + 1) / distinct - total * i / distinct));
    }
    return rows;
  }

  /** How likely a token has each expert, the most popular first; their sum is K. */
  private static double[] chosen(final int experts, final int perToken, final double skew) {
    final double[] likely = Popularity.weights(experts, skew);
    final double sum = total(likely);
    for (int i = 0; i < experts; i++) {
      likely[i] /= sum;
    }
    double many = 1;
    while (total(taken(likely, many)) < perToken) {
      many *= 2;
    }
    final double draws =
        new BrentSolver(ACCURACY)
            .solve(TRIALS, some -> total(taken(likely, some)) - perToken, 0, many);
    return taken(likely, draws);
  }

  /** How likely each is drawn at least once in so many draws. */
  private static double[] taken(final double[] likely, final double draws) {
    final double[] taken = new double[likely.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = 1 - StrictMath.pow(1 - likely[i], draws);
    }
    return taken;
  }

  private static double total(final double[] values) {
    double sum = 0;
    for (final double value : values) {
      sum += value;
    }
    return sum;
  }

  /** One row each, and of the others as many as there are expected beyond it, at most T in all. */
  private static List<Integer> unevenRows(
      final double[] chosen, final int perToken, final int tokens) {
    final double[] visited = taken(chosen, tokens);
    final int distinct = distinct(total(visited), chosen.length, perToken, tokens);
    double beyond = 0;
    for (int i = 0; i < distinct; i++) {
      beyond += chosen[i] * tokens / visited[i] - 1;
    }
    long left = (long) tokens * perToken - distinct;
    final List<Integer> rows = new ArrayList<>(distinct);
    for (int i = 0; i < distinct; i++) {
      final double own = chosen[i] * tokens / visited[i] - 1;
      final long share = beyond > 0 ? Math.round(left * own / beyond) : left;
      // What those behind it cannot take has to be taken here.
      final long least = left - (long) (distinct - i - 1) * (tokens - 1);
      final long more = Math.max(least, Math.min(share, Math.min(left, tokens - 1)));
      rows.add((int) (1 + more));
      left -= more;
      beyond -= own;
    }
    return rows;
  }
}
