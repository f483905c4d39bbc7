package org.inferchip.explore.pareto;

import java.util.Arrays;

/**
 * The design of a front that gives up least: every objective is scaled to 0 at the front's best and
 * 1 at its worst value. With two objectives the knee is the design furthest below the chord between
 * the front's two ends (the best of either); with one, three or more it is the one nearest to the
 * ideal, the point at which every objective has its best value (Euclidean distance). Of equals it
 * is the first. An objective of which the whole front has one value counts nothing.
 *
 * <p>Which design it is depends on the ends of the front, as with every such definition.
 */
public final class Knee {
  private Knee() {}

  /**
   * The place of the knee among the designs of a front.
   *
   * @param front costs of each design by objective, less being better; at least one design
   */
  public static int of(final double[][] front) {
    final double[][] scaled = scaled(front);
    int best = 0;
    for (int i = 1; i < scaled.length; i++) {
      if (loss(scaled[i]) < loss(scaled[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Less is nearer. The chord of two scaled objectives lies where their sum is 1. */
  private static double loss(final double[] scaled) {
    return scaled.length == 2
        ? scaled[0] + scaled[1]
        : Arrays.stream(scaled).map(cost -> cost * cost).sum();
  }

  private static double[][] scaled(final double[][] front) {
    final int objectives = front[0].length;
    final double[][] scaled = new double[front.length][objectives];
    for (int k = 0; k < objectives; k++) {
      final int objective = k;
      final double least = Arrays.stream(front).mapToDouble(one -> one[objective]).min().orElse(0);
      final double most = Arrays.stream(front).mapToDouble(one -> one[objective]).max().orElse(0);
      for (int i = 0; i < front.length; i++) {
        scaled[i][k] = most == least ? 0 : (front[i][k] - least) / (most - least);
      }
    }
    return scaled;
  }
}
