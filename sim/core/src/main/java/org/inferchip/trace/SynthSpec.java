package org.inferchip.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Source;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.units.Range;

/**
 * What a synthetic trace is drawn from.
 *
 * @param name name of the trace
 * @param description one line for a reader
 * @param requests how many
 * @param arrivals a process such as {@code gamma:5:1.06}, see {@link ArrivalProcess#parse}
 * @param inputTokens distribution of prompt lengths
 * @param outputTokens distribution of output lengths
 * @param correlation of the two lengths' normal scores (a Gaussian copula)
 * @param prefixes how prompts share blocks; absent: no identifiers are written
 * @param sources citation to the fields that it covers
 */
public record SynthSpec(
    String name,
    String description,
    @Range(min = 1, max = 1_000_000) int requests,
    String arrivals,
    Lengths inputTokens,
    Lengths outputTokens,
    @Range(min = -1, max = 1) double correlation,
    Optional<Prefixes> prefixes,
    Map<String, Source> sources) {

  /** Files of specifications; they stand beside the traces that they make. */
  public static final Kind<SynthSpec> KIND =
      new Kind<>("trace specification", "workloads/traces", SynthSpec.class, List.of());

  /**
   * A distribution of token counts: a table of quantiles, or a lognormal.
   *
   * @param quantiles token counts at {@code min}, {@code p10}, {@code p99.9}, {@code max} and so
   *     on; between them the logarithm is linear in the probability
   * @param lognormal median and spread
   */
  public record Lengths(
      @Range(min = 1, max = 1 << 24) Map<String, Integer> quantiles,
      Optional<Lognormal> lognormal) {}

  /**
   * A lognormal distribution, cut to a range.
   *
   * @param median token count
   * @param sigma standard deviation of the natural logarithm
   * @param min smaller values become this
   * @param max larger values become this
   */
  public record Lognormal(
      @Range(min = 1) double median,
      @Range(min = 0, max = 10) double sigma,
      @Range(min = 1, max = 1 << 24) int min,
      @Range(min = 1, max = 1 << 24) int max) {}

  /**
   * How prompts share leading blocks.
   *
   * @param blockTokens tokens in a block
   * @param sharedBlocks leading blocks that all prompts have in common (a system prompt)
   * @param continued probability that a prompt goes on from an earlier prompt and its output, if
   *     any is short enough and at least {@code leastGap} seconds old
   * @param leastGap seconds
   */
  public record Prefixes(
      @Range(min = 1, max = 1 << 20) int blockTokens,
      @Range(min = 0, max = 1 << 10) int sharedBlocks,
      @Range(min = 0, max = 1) double continued,
      @Range(min = 0, max = 1e6) double leastGap) {}
}
