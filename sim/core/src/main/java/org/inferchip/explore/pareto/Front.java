package org.inferchip.explore.pareto;

import java.util.Arrays;

/**
 * The designs that no other beats. One dominates another if it is nowhere worse and somewhere
 * better; designs that are equal in every objective do not dominate each other, so ties stay. The
 * front is exact, and does not depend on the order of the designs. Time grows with the square of
 * their number.
 */
public final class Front {
  private Front() {}

  /**
   * The places of the designs on the front, ascending.
   *
   * @param costs of each design by objective, less being better; none may be NaN
   */
  public static int[] of(final double[][] costs) {
    final int[] front = new int[costs.length];
    int size = 0;
    for (int i = 0; i < costs.length; i++) {
      if (!isDominated(costs, i)) {
        front[size++] = i;
      }
    }
    return Arrays.copyOf(front, size);
  }

  /** Whether the first is nowhere worse and somewhere better. */
  public static boolean dominates(final double[] first, final double[] second) {
    boolean better = false;
    for (int i = 0; i < first.length; i++) {
      if (first[i] > second[i]) {
        return false;
      }
      better |= first[i] < second[i];
    }
    return better;
  }

  private static boolean isDominated(final double[][] costs, final int which) {
    for (final double[] other : costs) {
      if (dominates(other, costs[which])) {
        return true;
      }
    }
    return false;
  }
}
