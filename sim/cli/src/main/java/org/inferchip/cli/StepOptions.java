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
      description = "One prompt chunk of so many tokens.")
  private Integer prefill;

  @Option(names = "--decode", paramLabel = "B", description = "So many running sequences.")
  private Integer decode;

  @Option(
      names = "--context",
      paramLabel = "C",
      description = "Tokens in the cache of each running sequence, the new one included.")
  private Integer context;

  void check(final Problems problems) {
    PlanOptions.positive(problems, "--prefill", prefill);
    PlanOptions.positive(problems, "--decode", decode);
    PlanOptions.positive(problems, "--context", context);
    if (prefill == null && decode == null) {
      problems.add(missing("--decode", "a step has tokens", "--prefill N or --decode B"));
    }
    if (decode != null && context == null) {
      problems.add(missing("--context", "--decode needs it", "1 or more"));
    }
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
