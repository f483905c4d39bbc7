package org.inferchip.report.claims;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.explore.Crossover;
import org.inferchip.explore.uncertainty.Interval;

/**
 * What became of a claim.
 *
 * @param claim that was tested
 * @param findings one for each pair, work and measure
 * @param answers to its questions
 * @param shares of the draws in which it holds, depends and fails; empty without draws
 * @param violations laws that any of the runs broke
 * @param inputs files that were read for its comparisons
 */
public record Verdict(
    Claim claim,
    List<Finding> findings,
    List<Answer> answers,
    Map<Word, Double> shares,
    List<String> violations,
    List<InputFile> inputs) {

  /** Copies the lists. */
  public Verdict {
    findings = List.copyOf(findings);
    answers = List.copyOf(answers);
    shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    violations = List.copyOf(violations);
    inputs = List.copyOf(inputs);
  }

  /** In a word. */
  public enum Word {
    /** Every comparison is as claimed. */
    HOLDS,
    /** Some are. */
    DEPENDS,
    /** None is. */
    FAILS
  }

  /**
   * One comparison.
   *
   * @param pair name of it
   * @param work name of the load
   * @param measure what must hold
   * @param subject figure of the subject; NaN where it cannot do the work
   * @param against figure of the other; NaN where it cannot
   * @param value that is judged: the ratio, or the subject's
   * @param holds whether it is as claimed; false where the subject cannot do the work
   * @param note why a machine cannot do it, else empty
   * @param doubt how sure that is; empty without draws, and of figures that they do not move
   */
  public record Finding(
      String pair,
      String work,
      Claim.Measure measure,
      double subject,
      double against,
      double value,
      boolean holds,
      String note,
      Optional<Doubt> doubt) {}

  /**
   * How sure a comparison is.
   *
   * @param holding share of the draws in which it is as claimed
   * @param value what is judged
   */
  public record Doubt(double holding, Interval value) {}

  /**
   * Under which condition a ratio reaches its level.
   *
   * @param question that was asked
   * @param unit of the varied value; empty for a plain number
   * @param crossover what was found
   * @param turning how sure that is; empty without draws
   * @param sentence the same in words
   */
  public record Answer(
      Claim.Question question,
      String unit,
      Crossover crossover,
      Optional<Turning> turning,
      String sentence) {}

  /** How many comparisons are as claimed. */
  public long holding() {
    return findings.stream().filter(Finding::holds).count();
  }

  /** The verdict in a word. */
  public Word word() {
    return word(holding(), findings.size());
  }

  static Word word(final long holding, final int comparisons) {
    return holding == comparisons ? Word.HOLDS : holding == 0 ? Word.FAILS : Word.DEPENDS;
  }
}
