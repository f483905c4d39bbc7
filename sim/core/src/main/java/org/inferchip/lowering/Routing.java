package org.inferchip.lowering;

import java.util.ArrayList;
import java.util.List;

/**
 * How many tokens each expert gets.
 *
 * <p>With uniform independent routing of T tokens to K of E experts, the expected number of
 * distinct experts is E (1 - (1 - K/E)^T): that, not K, is what a decode step reads. The tokens are
 * spread over that many experts as evenly as whole numbers go; imbalance of real routers is not
 * modelled here (power-law loads make the slowest expert set the time).
 */
final class Routing {
  private Routing() {}

  /** Expected distinct experts, rounded; at least K and at most E and T*K. */
  static int distinct(final int experts, final int perToken, final int tokens) {
    final double missed = StrictMath.pow(1 - (double) perToken / experts, tokens);
    final long rounded = Math.round(experts * (1 - missed));
    final long most = Math.min(experts, (long) tokens * perToken);
    return (int) Math.max(perToken, Math.min(rounded, most));
  }

  /** Rows of each distinct expert; their sum is tokens x perToken. */
  static List<Integer> rows(final int experts, final int perToken, final int tokens) {
    final int distinct = distinct(experts, perToken, tokens);
    final long total = (long) tokens * perToken;
    final List<Integer> rows = new ArrayList<>(distinct);
    for (int i = 0; i < distinct; i++) {
      rows.add((int) (total * (i + 1) / distinct - total * i / distinct));
    }
    return rows;
  }
}
