package org.inferchip.explore.sweep;

import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomGenerator;

/** Seeded points of the unit cube, the same on every machine. */
final class Draws {
  private Draws() {}

  /** Independent points. */
  static double[][] uniform(final int count, final int axes, final long seed, final int entry) {
    final RandomGenerator random = generator(seed, entry);
    final double[][] points = new double[count][axes];
    for (final double[] point : points) {
      for (int k = 0; k < axes; k++) {
        point[k] = random.nextDouble();
      }
    }
    return points;
  }

  /** Points of which each of equal parts of every axis has one, at a random place in it. */
  static double[][] latin(final int count, final int axes, final long seed, final int entry) {
    final RandomGenerator random = generator(seed, entry);
    final double[][] points = new double[count][axes];
    for (int k = 0; k < axes; k++) {
      final int[] parts = shuffled(count, random);
      for (int i = 0; i < count; i++) {
        points[i][k] = (parts[i] + random.nextDouble()) / count;
      }
    }
    return points;
  }

  private static int[] shuffled(final int count, final RandomGenerator random) {
    final int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      final int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
  }

  private static RandomGenerator generator(final long seed, final int entry) {
    return new MersenneTwister(new int[] {(int) (seed >>> 32), (int) seed, entry});
  }
}
