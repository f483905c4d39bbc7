package org.inferchip.trace;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * Draws a trace from a specification. A seed gives the same bytes on every machine and JDK: the
 * generators and distributions are Commons Math's, exponentials and logarithms are StrictMath's.
 */
public final class Synthesis {
  private final SynthSpec spec;
  private final ArrivalProcess arrivals;
  private final LengthSampler inputs;
  private final LengthSampler outputs;

  /**
   * A synthesis.
   *
   * @param spec what to draw from
   * @param file its file, for messages
   * @throws org.inferchip.units.InvalidInputException with every problem of the specification
   */
  public Synthesis(final SynthSpec spec, final String file) {
    final Problems problems = new Problems();
    this.spec = spec;
    this.inputs = LengthSampler.of(spec.inputTokens(), file, "input_tokens", problems);
    this.outputs = LengthSampler.of(spec.outputTokens(), file, "output_tokens", problems);
    this.arrivals = ArrivalProcess.parse(spec.arrivals()).orElse(null);
    if (arrivals == null) {
      problems.add(
          new Problem(
              file,
              0,
              0,
              "arrivals",
              "not an arrival process",
              spec.arrivals(),
              ArrivalProcess.shapes(),
              ""));
    }
    problems.throwIfAny();
  }

  /** The trace of a seed. */
  public Trace draw(final long seed) {
    final ArrivalProcess.Sampler times = arrivals.sampler(seed);
    final RandomGenerator random = Random.of(seed, Random.LENGTHS);
    final NormalDistribution normal = new NormalDistribution();
    final double own = Math.sqrt(1 - spec.correlation() * spec.correlation());
    final List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < spec.requests(); i++) {
      final Draft draft = new Draft(0, i);
      draft.arrivalNanos = microseconds(times.next());
      final double score = random.nextGaussian();
      final double other = spec.correlation() * score + own * random.nextGaussian();
      draft.inputTokens = inputs.at(score, normal);
      draft.outputTokens = outputs.at(other, normal);
      drafts.add(draft);
    }
    spec.prefixes()
        .ifPresent(
            prefixes ->
                new PrefixSynthesis(prefixes, Random.of(seed, Random.PREFIXES)).share(drafts));
    final BlockScheme scheme =
        spec.prefixes()
            .map(
                prefixes ->
                    new BlockScheme(
                        prefixes.blockTokens(), BlockScheme.Scope.GLOBAL, BlockScheme.Partial.CEIL))
            .orElse(BlockScheme.MOONCAKE);
    return new Trace(
        spec.name(),
        "synthetic",
        "",
        scheme,
        "",
        "drawn by inferchip trace synth " + spec.name() + " --seed " + seed,
        "",
        drafts.size(),
        drafts.stream().map(Draft::build).toList(),
        List.of(),
        List.of());
  }

  /** Arrivals are written to the microsecond, as measured traces are. */
  private static long microseconds(final long nanos) {
    final long micro = 1_000;
    return nanos / micro * micro;
  }
}
