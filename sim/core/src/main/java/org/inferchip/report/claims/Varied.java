package org.inferchip.report.claims;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inferchip.explore.Crossover;
import org.inferchip.report.Figures;
import org.inferchip.report.Json;
import org.inferchip.report.claims.Claim.Contender;
import org.inferchip.report.claims.Claim.Pair;
import org.inferchip.report.claims.Claim.Question;
import org.inferchip.report.claims.Claim.Work;

/**
 * The one thing that a question changes.
 *
 * @param question that asks
 * @param range of the value, in its unit
 * @param unit of the ends; empty for a plain number
 */
record Varied(Question question, Crossover.Range range, String unit) {
  private static final Pattern END = Pattern.compile("(\\$?)([0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*(.*)");
  private static final String SUBJECT = "subject.";
  private static final String AGAINST = "against.";

  /** What a question changes; empty where its ends are no range of one unit. */
  static Optional<Varied> of(final Question question) {
    final Matcher from = END.matcher(question.from());
    final Matcher to = END.matcher(question.to());
    if (!from.matches() || !to.matches() || !unit(from).equals(unit(to))) {
      return Optional.empty();
    }
    final double low = Double.parseDouble(from.group(2));
    final double high = Double.parseDouble(to.group(2));
    if (!(low > 0) || !(high > low)) {
      return Optional.empty();
    }
    final String unit = unit(from);
    final boolean whole =
        unit.isEmpty() && !question.vary().equals("rate") && isWhole(low) && isWhole(high);
    return Optional.of(new Varied(question, new Crossover.Range(low, high, whole), unit));
  }

  private static String unit(final Matcher end) {
    return end.group(1) + end.group(3).strip();
  }

  private static boolean isWhole(final double value) {
    return value == Math.rint(value);
  }

  /** Whether it is a key of the work, or of a machine. */
  static boolean knows(final String vary) {
    return vary.matches("users|rate|prompt|output|(subject|against)\\..+");
  }

  /** The value as a description has it. */
  String text(final double value) {
    return with(range.whole() ? Long.toString((long) value) : Json.number(value));
  }

  /** The value as people read it. */
  String shown(final double value) {
    return with(range.whole() ? Long.toString((long) value) : Figures.of(value));
  }

  private String with(final String number) {
    return unit.startsWith("$") ? "$" + number + unit.substring(1) : (number + " " + unit).strip();
  }

  /** The machines with the value set. */
  Pair on(final Pair pair, final double value) {
    final String vary = question.vary();
    if (vary.startsWith(SUBJECT)) {
      final String path = vary.substring(SUBJECT.length());
      return new Pair(pair.name(), with(pair.subject(), path, value), pair.against());
    }
    if (vary.startsWith(AGAINST)) {
      final String path = vary.substring(AGAINST.length());
      return new Pair(pair.name(), pair.subject(), with(pair.against(), path, value));
    }
    return pair;
  }

  private Contender with(final Contender one, final String path, final double value) {
    final Map<String, String> set = new LinkedHashMap<>(one.set().orElse(Map.of()));
    set.put(path, text(value));
    return new Contender(
        one.system(),
        one.stack(),
        one.tensorParallel(),
        one.pipelineParallel(),
        one.format(),
        Optional.of(set));
  }

  /** The work with the value set. */
  Work on(final Work work, final double value) {
    final int whole = (int) value;
    return switch (question.vary()) {
      case "users" -> work.load(Optional.of(whole), Optional.empty());
      case "rate" -> work.load(Optional.empty(), Optional.of(value));
      case "prompt" -> work.lengths(whole, work.output());
      case "output" -> work.lengths(work.prompt(), whole);
      default -> work;
    };
  }
}
