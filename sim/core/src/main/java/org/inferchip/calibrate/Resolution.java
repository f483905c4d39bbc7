package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a source's rounding alone puts an exact prediction off.
 *
 * <p>The step of a source is the largest power of ten (in the measurement's unit) of which all
 * numbers of a set-up are multiples. A number r that was rounded to the nearest step s stands for
 * anything within s / 2 of it, on average s / 4 away; where a source cuts off instead, that is half
 * of what it costs. Sources of fewer than five rows are taken for exact.
 */
final class Resolution {
  private static final int FEWEST = 5;
  private static final double COARSEST = 1e3;
  private static final double FINEST = 1e-3;
  private static final double ROUNDING = 1e-7;

  private Resolution() {}

  /** Mean error of an exact predictor over rows, as a share of the measured numbers. */
  static double share(final List<Scored> rows) {
    final Map<String, List<Double>> sources = new LinkedHashMap<>();
    for (final Scored row : rows) {
      sources
          .computeIfAbsent(row.measurement().setUp().calibrationKey(), key -> new ArrayList<>())
          .add(row.measured());
    }
    double sum = 0;
    for (final List<Double> values : sources.values()) {
      final double step = step(values);
      sum += values.stream().mapToDouble(value -> step / 4 / value).sum();
    }
    return sum / rows.size();
  }

  /** The step of a source's numbers; 0 where none is seen. */
  static double step(final List<Double> values) {
    if (values.size() < FEWEST) {
      return 0;
    }
    for (double step = COARSEST; step > FINEST / 2; step /= 10) {
      final double unit = step;
      if (values.stream().allMatch(value -> multiple(value, unit))) {
        return step;
      }
    }
    return 0;
  }

  private static boolean multiple(final double value, final double step) {
    return Math.abs(value / step - Math.rint(value / step)) <= ROUNDING * Math.max(1, value / step);
  }
}
