package org.inferchip.simulation;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;

/**
 * A vector of costs as a function of two sizes: simulated at the crossings of two rows of {@link
 * Knots}, bilinear between them in coordinates that make the cost affine.
 */
final class CostSurface {
  /** The cost at a crossing. */
  interface Exact {
    double[] at(int first, int second);
  }

  /** The coordinate in which the cost is affine along the first size, the second held fixed. */
  interface Coordinate {
    double of(int first, double second);
  }

  private final Knots firsts;
  private final Knots seconds;
  private final Exact exact;
  private final Coordinate coordinate;
  private final AtomicReferenceArray<double[]> values;

  CostSurface(
      final Knots firsts, final Knots seconds, final Coordinate coordinate, final Exact exact) {
    this.firsts = firsts;
    this.seconds = seconds;
    this.coordinate = coordinate;
    this.exact = exact;
    this.values = new AtomicReferenceArray<>(firsts.count() * seconds.count());
  }

  /** Adds the cost of a pair of sizes to a vector. */
  void addTo(final double[] sum, final int first, final double second) {
    final int i = firsts.below(first);
    final int j = seconds.below((int) second);
    final double across =
        Math.max(0, (second - seconds.size(j)) / (seconds.size(j + 1) - seconds.size(j)));
    addAlong(sum, i, j, first, second, 1 - across);
    addAlong(sum, i, j + 1, first, second, across);
  }

  /** The largest of a quantity over all crossings that pairs of sizes up to limits lie between. */
  double most(
      final int firstLimit, final int secondLimit, final ToDoubleFunction<double[]> quantity) {
    double most = 0;
    for (int i = 0; i <= firsts.below(firstLimit) + 1; i++) {
      for (int j = 0; j <= seconds.below(secondLimit) + 1; j++) {
        most = Math.max(most, quantity.applyAsDouble(at(i, j)));
      }
    }
    return most;
  }

  private void addAlong(
      final double[] sum,
      final int i,
      final int j,
      final int first,
      final double second,
      final double weight) {
    if (weight == 0) {
      return;
    }
    final double low = coordinate.of(firsts.size(i), second);
    final double high = coordinate.of(firsts.size(i + 1), second);
    final double along = (coordinate.of(first, second) - low) / (high - low);
    if (along != 1) {
      CostCurve.add(sum, at(i, j), weight * (1 - along));
    }
    if (along != 0) {
      CostCurve.add(sum, at(i + 1, j), weight * along);
    }
  }

  private double[] at(final int i, final int j) {
    final int index = i * seconds.count() + j;
    double[] value = values.get(index);
    if (value == null) {
      value = exact.at(firsts.size(i), seconds.size(j));
      values.set(index, value);
    }
    return value;
  }
}
