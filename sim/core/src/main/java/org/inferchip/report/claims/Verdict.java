package org.inferchip.report.claims;

import java.util.List;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.explore.Crossover;

/**
 * What became of a claim.
 *
 * @param claim that was tested
 * @param findings one for each pair, work and measure
 * @param answers to its questions
 * @param violations laws that any of the runs broke
 * @param inputs files that were read for its comparisons
 */
public record Verdict(
    Claim claim,
    List<Finding> findings,
    List<Answer> answers,
    List<String> violations,
    List<InputFile> inputs) {

  /** Copies the lists. */
  public Verdict {
    findings = List.copyOf(findings);
    answers = List.copyOf(answers);
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
   */
  public record Finding(
      String pair,
      String work,
      Claim.Measure measure,
      double subject,
      double against,
      double value,
      boolean holds,
      String note) {}

  /**
   * Under which condition a ratio reaches its level.
   *
   * @param question that was asked
   * @param unit of the varied value; empty for a plain number
   * @param crossover what was found
   * @param sentence the same in words
   */
  public record Answer(
      Claim.Question question, String unit, Crossover crossover, String sentence) {}

  /** How many comparisons are as claimed. */
  public long holding() {
    return findings.stream().filter(Finding::holds).count();
  }

  /** The verdict in a word. */
  public Word word() {
    return holding() == findings.size() ? Word.HOLDS : holding() == 0 ? Word.FAILS : Word.DEPENDS;
  }
}
