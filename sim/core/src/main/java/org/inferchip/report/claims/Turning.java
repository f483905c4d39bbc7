package org.inferchip.report.claims;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.inferchip.explore.Crossover;
import org.inferchip.explore.Crossover.Crossing;
import org.inferchip.explore.Crossover.Sample;
import org.inferchip.explore.uncertainty.Interval;

/**
 * Where a ratio reaches its level in draws of the uncertain numbers.
 *
 * <p>Assumption: the doubt of the ratio is that at one place of the varied number, in each draw one
 * factor on the stated curve. The place is where the stated curve crosses, or comes nearest to, the
 * level. Between the places that were simulated the curve is straight in logarithms.
 *
 * @param always share of the draws in which it is nowhere below the level
 * @param never share of the draws in which it is everywhere below
 * @param turns share of the others
 * @param at where it turns, if the stated curve does so once: percentiles over all draws, where 0
 *     means before the range and infinity behind it
 */
public record Turning(double always, double never, double turns, Optional<Interval> at) {

  /** Where the ratio's doubt is drawn; empty where the work is impossible everywhere. */
  static Optional<Double> place(final Crossover of) {
    return of.crossings().stream()
        .map(Crossing::above)
        .findFirst()
        .or(
            () ->
                known(of).stream()
                    .min(Comparator.comparingDouble(sample -> distance(sample, of.level())))
                    .map(Sample::at));
  }

  private static double distance(final Sample sample, final double level) {
    return Math.abs(StrictMath.log(sample.value() / level));
  }

  /**
   * Follows the curve in every draw.
   *
   * @param factors of each draw: the ratio over the stated one
   */
  static Turning of(final Crossover of, final double[] factors) {
    final List<Sample> curve = curve(of);
    final boolean single = of.crossings().size() == 1;
    final boolean rising = single && of.crossings().get(0).rising();
    final double[] places = new double[factors.length];
    int always = 0;
    int never = 0;
    for (int draw = 0; draw < factors.length; draw++) {
      final double level = of.level() / factors[draw];
      if (curve.stream().allMatch(sample -> sample.value() >= level)) {
        always++;
        places[draw] = rising ? 0 : Double.POSITIVE_INFINITY;
      } else if (curve.stream().noneMatch(sample -> sample.value() >= level)) {
        never++;
        places[draw] = rising ? Double.POSITIVE_INFINITY : 0;
      } else {
        places[draw] = place(curve, level);
      }
    }
    final double n = factors.length;
    return new Turning(
        always / n,
        never / n,
        (n - always - never) / n,
        single ? Optional.of(Interval.of(places)) : Optional.empty());
  }

  /** The first place where a curve that has one crosses a level. */
  private static double place(final List<Sample> curve, final double level) {
    for (int i = 1; i < curve.size(); i++) {
      final Sample before = curve.get(i - 1);
      final Sample after = curve.get(i);
      if (before.value() >= level != after.value() >= level) {
        final double share =
            StrictMath.log(level / before.value()) / StrictMath.log(after.value() / before.value());
        return before.at() * StrictMath.pow(after.at() / before.at(), share);
      }
    }
    throw new IllegalArgumentException("a curve that does not cross " + level);
  }

  private static List<Sample> known(final Crossover of) {
    return of.samples().stream().filter(sample -> sample.value() > 0).toList();
  }

  /** Samples, and the places where the level itself was found. */
  private static List<Sample> curve(final Crossover of) {
    final List<Sample> curve = new ArrayList<>(known(of));
    for (final Crossing crossing : of.crossings()) {
      final double at = Math.sqrt(crossing.below() * crossing.above());
      if (curve.stream().noneMatch(sample -> sample.at() == at)) {
        curve.add(new Sample(at, of.level()));
      }
    }
    curve.sort(Comparator.comparingDouble(Sample::at));
    return curve;
  }
}
