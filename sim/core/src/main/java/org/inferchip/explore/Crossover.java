package org.inferchip.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Where a figure crosses a level as one parameter grows: what would have to be true for one design
 * to beat another. The figure is sampled at points of equal ratio; between neighbours on both sides
 * of the level, bisection (of the logarithm) narrows the place down to {@value #TOLERANCE} of it,
 * or to neighbouring whole numbers.
 *
 * <p>Known error: a figure that crosses twice between two samples is not seen to cross.
 *
 * @param level that is crossed
 * @param samples in order of the parameter, bisection's left out
 * @param crossings in order of the parameter
 */
public record Crossover(double level, List<Sample> samples, List<Crossing> crossings) {
  private static final int SAMPLES = 9;
  private static final double TOLERANCE = 0.01;

  /**
   * The figure at a point.
   *
   * @param at the parameter
   * @param value the figure; NaN where the design is impossible
   */
  public record Sample(double at, double value) {}

  /**
   * A place where the figure crosses the level.
   *
   * @param below largest parameter known to lie before it
   * @param above smallest parameter known to lie after it
   * @param rising whether the figure is above the level after it
   */
  public record Crossing(double below, double above, boolean rising) {}

  /**
   * The range of a parameter.
   *
   * @param from above 0
   * @param to above {@code from}
   * @param whole whether only whole numbers have a meaning
   */
  public record Range(double from, double to, boolean whole) {
    /** Checks the ends. */
    public Range {
      if (!(from > 0) || !(to > from)) {
        throw new IllegalArgumentException("a range from " + from + " to " + to);
      }
    }

    /** Points of equal ratio, ends included; whole ones where only these have a meaning. */
    List<Double> points() {
      final List<Double> points = new ArrayList<>();
      for (int i = 0; i < SAMPLES; i++) {
        final double share = (double) i / (SAMPLES - 1);
        final double exact = from * StrictMath.pow(to / from, share);
        // The end itself, not what rounding makes of it.
        final double point = i == SAMPLES - 1 ? to : whole ? Math.rint(exact) : exact;
        if (points.isEmpty() || point > points.get(points.size() - 1)) {
          points.add(point);
        }
      }
      return points;
    }
  }

  /** Copies the lists. */
  public Crossover {
    samples = List.copyOf(samples);
    crossings = List.copyOf(crossings);
  }

  /**
   * Samples a figure and finds its crossings.
   *
   * @param figure of the parameter; NaN where the design is impossible
   */
  public static Crossover of(
      final DoubleUnaryOperator figure, final Range range, final double level) {
    final List<Sample> samples = new ArrayList<>();
    for (final double point : range.points()) {
      samples.add(new Sample(point, figure.applyAsDouble(point)));
    }
    final List<Crossing> crossings = new ArrayList<>();
    for (int i = 1; i < samples.size(); i++) {
      final Sample before = samples.get(i - 1);
      final Sample after = samples.get(i);
      final boolean known = !Double.isNaN(before.value()) && !Double.isNaN(after.value());
      if (known && before.value() >= level != after.value() >= level) {
        crossings.add(narrow(figure, range, level, before, after));
      }
    }
    return new Crossover(level, samples, crossings);
  }

  private static Crossing narrow(
      final DoubleUnaryOperator figure,
      final Range range,
      final double level,
      final Sample before,
      final Sample after) {
    final boolean rising = after.value() >= level;
    double low = before.at();
    double high = after.at();
    while (range.whole() ? high - low > 1 : high / low > 1 + TOLERANCE) {
      final double exact = Math.sqrt(low * high);
      final double middle =
          range.whole() ? Math.min(high - 1, Math.max(low + 1, Math.rint(exact))) : exact;
      final double value = figure.applyAsDouble(middle);
      if (Double.isNaN(value)) {
        break; // the design is impossible there: what is known stays
      }
      if (value >= level == rising) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return new Crossing(low, high, rising);
  }

  /** Whether the figure reaches the level at every sample that is possible, and there is one. */
  public boolean always() {
    return possible() && samples.stream().noneMatch(sample -> sample.value() < level);
  }

  /** Whether the figure reaches the level at no sample, and one is possible. */
  public boolean never() {
    return possible() && samples.stream().noneMatch(sample -> sample.value() >= level);
  }

  /** Whether the design is possible at any sample. */
  public boolean possible() {
    return samples.stream().anyMatch(sample -> !Double.isNaN(sample.value()));
  }
}
