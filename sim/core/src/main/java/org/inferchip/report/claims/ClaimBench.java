package org.inferchip.report.claims;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.explore.Evaluator;
import org.inferchip.explore.uncertainty.DrawnRun;
import org.inferchip.explore.uncertainty.Uncertainty;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Models;
import org.inferchip.report.SystemResult;
import org.inferchip.report.claims.Claim.Contender;
import org.inferchip.report.claims.Claim.Work;
import org.inferchip.simulation.Once;
import org.inferchip.simulation.Plan;
import org.inferchip.trace.LoadTest;
import org.inferchip.trace.LoadTest.Turn;
import org.inferchip.trace.Trace;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** Lets machines serve the work of claims, each once. Thread-safe. */
final class ClaimBench {
  /** Requests of each user; the first ones also fill the machine. */
  private static final int ROUNDS = 3;

  /** Requests that arrive at random. */
  private static final int ARRIVALS = 64;

  private final Descriptions descriptions;
  private final long seed;
  private final int draws;
  private final Once<Outcome> outcomes = new Once<>();

  /**
   * A bench.
   *
   * @param draws of uncertain numbers; 0 for none
   */
  ClaimBench(final Descriptions descriptions, final long seed, final int draws) {
    this.descriptions = descriptions;
    this.seed = seed;
    this.draws = draws;
  }

  /** A machine and what it serves. */
  private record Point(Contender contender, Work work, boolean drawn) {}

  /** What a machine does with work, or why it cannot. */
  Outcome serve(final Contender contender, final Work work) {
    return outcomes.get(new Point(contender, work, false), () -> run(contender, work, false));
  }

  /** As {@link #serve}, and in every draw where draws are wanted. */
  Outcome draw(final Contender contender, final Work work) {
    return draws == 0
        ? serve(contender, work)
        : outcomes.get(new Point(contender, work, true), () -> run(contender, work, true));
  }

  private Outcome run(final Contender contender, final Work work, final boolean drawn) {
    // What is wrong with a name or a value stays an error; only what does not fit is a finding.
    final Described<SystemDescription> system = system(contender);
    final Plan.Wishes wishes =
        new Plan.Wishes(
            contender.tensorParallel(), contender.pipelineParallel(), contender.format());
    final Evaluator evaluator = new Evaluator(Evaluator.Options.usual(wishes, seed));
    final LoadedModel model = new Models(descriptions).read(work.model());
    try {
      final Evaluator.Served served = evaluator.serve(system, model, trace(work), done -> {});
      return Outcome.of(
          SystemResult.of(served.evaluation(), seed),
          drawn
              ? Optional.of(DrawnRun.of(new Uncertainty.Run(system, served), draws, seed))
              : Optional.empty());
    } catch (final InvalidInputException e) {
      return Outcome.refused(
          e.problems().stream().map(Problem::message).collect(Collectors.joining("; ")));
    }
  }

  private Described<SystemDescription> system(final Contender contender) {
    Overrides set = Overrides.none();
    for (final Map.Entry<String, String> one : contender.set().orElse(Map.of()).entrySet()) {
      set = set.with(one.getKey(), one.getValue());
    }
    return descriptions.system(contender.system(), contender.stack(), set);
  }

  private Trace trace(final Work work) {
    final SplittableRandom random = new SplittableRandom(seed);
    final LoadTest.Turns turns =
        (round, user) -> new Turn(drawn(work.prompt(), random), drawn(work.output(), random), 0);
    return work.users().isPresent()
        ? LoadTest.closed(work.users().get(), ROUNDS, turns)
        : LoadTest.open(ARRIVALS, work.rate().orElseThrow(), seed, turns);
  }

  /** From half to one and a half of a mean. */
  private static int drawn(final int mean, final SplittableRandom random) {
    return Math.max(1, (int) Math.round(mean * (0.5 + random.nextDouble())));
  }
}
