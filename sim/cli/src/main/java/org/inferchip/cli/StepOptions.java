package org.inferchip.cli;

import java.util.Collections;
import java.util.List;
import org.inferchip.lowering.StepShape;
import org.inferchip.operator.Attention;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Option;

/** The tokens of a step on the command line. */
final class StepOptions {
  @Option(
      names = "--prefill",
      paramLabel = "N",
      order = 30,
      description = "One prompt chunk of so many tokens.")
  private Integer prefill;

  @Option(
      names = "--decode",
      paramLabel = "B",
      order = 31,
      description = "So many running sequences.")
  private Integer decode;

  @Option(
      names = "--context",
      paramLabel = "C",
      order = 32,
      description = "Tokens in the cache of each running sequence, the new one included.")
  private Integer context;

  void check(final Problems problems) {
    check(problems, "--prefill N or --decode B");
  }

  /**
   * Adds what is wrong with the options.
   *
   * @param expected where no tokens are named
   */
  void check(final Problems problems, final String expected) {
    PlanOptions.positive(problems, "--prefill", prefill);
    PlanOptions.positive(problems, "--decode", decode);
    PlanOptions.positive(problems, "--context", context);
    if (prefill == null && decode == null) {
      problems.add(missing("--decode", "a step has tokens", expected));
    }
    if (decode != null && context == null) {
      problems.add(missing("--context", "--decode needs it", "1 or more"));
    }
    if (decode == null && context != null && prefill != null) {
      problems.add(
          Checks.at(
              "--context",
              "is of running sequences, and there are none",
              context.toString(),
              "--decode B beside it"));
    }
  }

  /** Whether any token of a step is named. */
  boolean given() {
    return prefill != null || decode != null || context != null;
  }

  private static Problem missing(final String option, final String what, final String expected) {
    return new Problem(CommandLineProblems.PLACE, 0, 0, option, what, "nothing", expected, "");
  }

  StepShape shape() {
    final List<Attention.Sequence> chunks =
        prefill == null ? List.of() : List.of(new Attention.Sequence(prefill, prefill));
    final List<Attention.Sequence> running =
        decode == null
            ? List.of()
            : Collections.nCopies(decode, new Attention.Sequence(1, context));
    return new StepShape(chunks, running, chunks.size() + running.size());
  }
}
