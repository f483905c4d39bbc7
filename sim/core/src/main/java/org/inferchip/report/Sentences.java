package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.Elasticity;

/** What an explanation's numbers say, in words. */
final class Sentences {
  private Sentences() {}

  /**
   * What the three most useful parts would buy if they were a tenth better.
   *
   * @param what is shortened
   */
  static List<String> better(final String what, final List<Elasticity> elasticities) {
    final List<String> sentences = new ArrayList<>();
    final List<Elasticity> useful =
        elasticities.stream().filter(elasticity -> elasticity.gain() > 0.001).limit(3).toList();
    for (final Elasticity one : useful) {
      sentences.add(
          named(one)
              + one.parameter()
              + " would shorten "
              + what
              + " by about "
              + Figures.percent(-change(one, one.latency()))
              + " and change tokens per joule by "
              + signed(change(one, one.tokensPerJoule()))
              + " and tokens per dollar by "
              + signed(change(one, one.tokensPerUsd()))
              + " at the same price.");
    }
    if (useful.isEmpty()) {
      sentences.add("No single part, 10 % better, would shorten " + what + " by 0.1 %.");
    }
    return sentences;
  }

  private static String named(final Elasticity one) {
    if (!one.rate()) {
      return "10 % less of ";
    }
    return isTenth(one) ? "10 % more of " : Figures.of(one.factor()) + " times ";
  }

  /** Whether the step up was about a tenth; small counts can only take larger ones. */
  private static boolean isTenth(final Elasticity one) {
    return one.factor() < 1.15;
  }

  /** The share by which a figure changes with the better part that the sentence names. */
  private static double change(final Elasticity one, final double elasticity) {
    final double more = isTenth(one) ? 1.1 : one.factor();
    return StrictMath.pow(one.rate() ? more : 0.9, elasticity) - 1;
  }

  private static String signed(final double share) {
    return (share > 0 ? "+" : "") + Figures.percent(share);
  }

  /** Where most of something goes. */
  static String largest(final String what, final Map<String, Double> parts, final String unit) {
    double all = 0;
    String most = "";
    for (final Map.Entry<String, Double> part : parts.entrySet()) {
      all += part.getValue();
      if (most.isEmpty() || part.getValue() > parts.get(most)) {
        most = part.getKey();
      }
    }
    return "Most of the "
        + what
        + " goes to "
        + most.replace('_', ' ')
        + ": "
        + Figures.of(parts.get(most))
        + " of "
        + Figures.of(all)
        + " "
        + unit
        + " ("
        + Figures.percent(parts.get(most) / all)
        + ").";
  }
}
