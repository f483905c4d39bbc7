package org.inferchip.simulation;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * A vector of costs as a function of one size: simulated at {@link Knots}, linear between them.
 *
 * <p>Linear is right where a cost is affine in the size between two knots; what tile edges put
 * between knots is an error that {@link InterpolationCheck} measures. Thread-safe; a knot is
 * simulated on first use, and simulating it twice gives the same vector.
 */
final class CostCurve {
  private final Knots knots;
  private final IntFunction<double[]> exact;
  private final AtomicReferenceArray<double[]> values;

  CostCurve(final Knots knots, final IntFunction<double[]> exact) {
    this.knots = knots;
    this.exact = exact;
    this.values = new AtomicReferenceArray<>(knots.count());
  }

  /** Adds the cost of a size, at least 1, to a vector. */
  void addTo(final double[] sum, final int size) {
    final int low = knots.below(size);
    final double[] first = at(low);
    if (knots.size(low) == size) {
      add(sum, first, 1);
      return;
    }
    final double[] second = at(low + 1);
    final double weight =
        (double) (size - knots.size(low)) / (knots.size(low + 1) - knots.size(low));
    add(sum, first, 1 - weight);
    add(sum, second, weight);
  }

  /** The largest of a quantity over all knots that sizes from 1 to a limit lie between. */
  double most(final int limit, final ToDoubleFunction<double[]> quantity) {
    final int below = knots.below(limit);
    final int last = knots.size(below) == limit ? below : below + 1;
    double most = quantity.applyAsDouble(at(0));
    for (int index = 1; index <= last; index++) {
      most = Math.max(most, quantity.applyAsDouble(at(index)));
    }
    return most;
  }

  private double[] at(final int index) {
    double[] value = values.get(index);
    if (value == null) {
      value = exact.apply(knots.size(index));
      values.set(index, value);
    }
    return value;
  }

  static void add(final double[] sum, final double[] value, final double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * value[i];
    }
  }
}
