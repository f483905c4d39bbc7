package org.inferchip.report.claims;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.numerics.Format;
import org.inferchip.units.Range;

/**
 * Something that is said of this field, in a form that can be tested: which machine is better than
 * which, by how much, at what work. For the figures that can be named see {@link NamedFigure}.
 *
 * @param name of the claim
 * @param statement the claim in one sentence
 * @param origin who says so
 * @param pairs machines that are compared
 * @param work what each of them serves
 * @param measures what must hold
 * @param questions under which conditions it would
 * @param caveats what the simulator cannot tell
 */
public record Claim(
    String name,
    String statement,
    String origin,
    List<Pair> pairs,
    List<Work> work,
    List<Measure> measures,
    List<Question> questions,
    List<String> caveats) {

  /** Claim files. */
  public static final Kind<Claim> KIND =
      new Kind<>("claim", "workloads/claims", Claim.class, List.of());

  /**
   * Two machines.
   *
   * @param name of the comparison
   * @param subject of which the claim is made
   * @param against what it is compared with
   */
  public record Pair(String name, Contender subject, Contender against) {}

  /**
   * A machine.
   *
   * @param system or chip, by name or path
   * @param stack another software stack than the system's
   * @param tensorParallel chips that each layer is split over
   * @param pipelineParallel stages
   * @param format of weights
   * @param set values by key path of the system, spelled as in a description; numbers are quoted
   */
  public record Contender(
      String system,
      Optional<String> stack,
      @Range(min = 1) Optional<Integer> tensorParallel,
      @Range(min = 1) Optional<Integer> pipelineParallel,
      Optional<Format> format,
      Optional<Map<String, String>> set) {}

  /**
   * A load of like requests, either of users who wait for one answer before they ask again, or
   * arriving at random.
   *
   * @param name of it
   * @param model by name or path
   * @param users at once; absent where there is a rate
   * @param rate requests a second; absent where there are users
   * @param prompt mean tokens of a prompt; single ones are drawn from half to one and a half of it
   * @param output mean tokens of an answer, drawn alike
   */
  public record Work(
      String name,
      String model,
      @Range(min = 1) Optional<Integer> users,
      @Range(min = 1e-6) Optional<Double> rate,
      @Range(min = 2) int prompt,
      @Range(min = 2) int output) {

    /** With other users, or another rate. */
    Work load(final Optional<Integer> otherUsers, final Optional<Double> otherRate) {
      return new Work(name, model, otherUsers, otherRate, prompt, output);
    }

    /** With other lengths. */
    Work lengths(final int otherPrompt, final int otherOutput) {
      return new Work(name, model, users, rate, otherPrompt, otherOutput);
    }
  }

  /**
   * What must hold of every pair at every work.
   *
   * @param figure its name
   * @param of the subject's over the other's, or the subject's own; absent: over the other's
   * @param atLeast least value
   * @param atMost largest value; one of the two is given
   */
  public record Measure(
      String figure, Optional<Of> of, Optional<Double> atLeast, Optional<Double> atMost) {

    /** What is judged. */
    public enum Of {
      /** The subject's figure over that of what it is compared with. */
      RATIO,
      /** The subject's figure. */
      SUBJECT
    }

    /** The value that decides. */
    double level() {
      return atLeast.or(() -> atMost).orElseThrow();
    }

    /** What is claimed, such as {@code >= 5}. */
    public String claimed() {
      final double level = level();
      final String number = level == Math.rint(level) ? Long.toString((long) level) : "" + level;
      return (atLeast.isPresent() ? ">= " : "<= ") + number;
    }

    /** Whether it is the ratio that is judged. */
    boolean isRatio() {
      return of.orElse(Of.RATIO) == Of.RATIO;
    }

    /** Whether a value is as claimed. */
    boolean holds(final double value) {
      return atLeast.isPresent() ? value >= level() : value <= level();
    }
  }

  /**
   * Where a ratio reaches a level as one thing changes.
   *
   * @param pair name of the comparison
   * @param work name of the load
   * @param figure its name
   * @param level ratio that is looked for
   * @param vary {@code users}, {@code rate}, {@code prompt} or {@code output}, or a key path of the
   *     system below {@code subject.} or {@code against.}
   * @param from smallest value, with its unit
   * @param to largest value, with the same unit
   */
  public record Question(
      String pair, String work, String figure, double level, String vary, String from, String to) {}
}
