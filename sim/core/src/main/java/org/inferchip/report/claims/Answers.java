package org.inferchip.report.claims;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inferchip.explore.Crossover;
import org.inferchip.explore.Crossover.Crossing;
import org.inferchip.explore.Crossover.Sample;
import org.inferchip.report.Figures;
import org.inferchip.report.claims.Claim.Question;

/** The answer to a question, in words. */
final class Answers {
  private final Varied varied;
  private final Crossover found;

  private Answers(final Varied varied, final Crossover found) {
    this.varied = varied;
    this.found = found;
  }

  /** What was found, in a sentence or two, and in another how sure it is. */
  static String sentence(
      final Varied varied, final Crossover found, final Optional<Turning> turning) {
    final Answers answer = new Answers(varied, found);
    return answer.sentence() + turning.map(answer::sure).orElse("");
  }

  private String sure(final Turning turning) {
    final String level = Figures.of(found.level());
    final String shares =
        String.format(
            " In %s of the draws it turns there, in %s it is nowhere below %s, in %s it never"
                + " reaches it",
            Figures.percent(turning.turns()),
            Figures.percent(turning.always()),
            level,
            Figures.percent(turning.never()));
    return shares
        + turning
            .at()
            .map(at -> "; 90 % of the draws turn between " + end(at.p5()) + " and " + end(at.p95()))
            .orElse("")
        + ".";
  }

  /** An end of an interval, which may lie beyond what was asked. */
  private String end(final double at) {
    if (at <= 0) {
      return "less than " + varied.question().from();
    }
    return Double.isInfinite(at) ? "more than " + varied.question().to() : varied.shown(at);
  }

  private String sentence() {
    final Question question = varied.question();
    final String range = question.vary() + " from " + question.from() + " to " + question.to();
    if (!found.possible()) {
      return "One of the two cannot do the work for any " + range + ".";
    }
    return String.format(
        "For %s the ratio of %s %s%s.%s", range, question.figure(), turn(), spread(), impossible());
  }

  private String turn() {
    final String level = Figures.of(found.level());
    if (found.always()) {
      return "is never below " + level;
    }
    if (found.never()) {
      return "never reaches " + level;
    }
    if (found.crossings().isEmpty()) {
      return "is on both sides of " + level;
    }
    return found.crossings().stream()
        .map(crossing -> place(crossing, level))
        .collect(Collectors.joining(", and "));
  }

  private String place(final Crossing crossing, final String level) {
    return crossing.rising()
        ? "reaches " + level + " from " + varied.shown(crossing.above()) + " up"
        : "is at least " + level + " up to " + varied.shown(crossing.below());
  }

  private String spread() {
    final Comparator<Sample> byValue = Comparator.comparingDouble(Sample::value);
    final List<Sample> known =
        found.samples().stream().filter(sample -> !Double.isNaN(sample.value())).toList();
    final Sample least = known.stream().min(byValue).orElseThrow();
    final Sample most = known.stream().max(byValue).orElseThrow();
    return " (" + at(least) + ", " + at(most) + ")";
  }

  private String at(final Sample sample) {
    return Figures.of(sample.value()) + " at " + varied.shown(sample.at());
  }

  private String impossible() {
    final String points =
        found.samples().stream()
            .filter(sample -> Double.isNaN(sample.value()))
            .map(sample -> varied.shown(sample.at()))
            .collect(Collectors.joining(", "));
    return points.isEmpty() ? "" : " One of the two cannot do the work at " + points + ".";
  }
}
