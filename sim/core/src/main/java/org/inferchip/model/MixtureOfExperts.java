package org.inferchip.model;

import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.units.Range;

/**
 * Mixture of experts: a router picks {@code num_experts_per_tok} of {@code num_experts}
 * feed-forward networks for each token.
 *
 * @param numExperts routed experts of a layer
 * @param numExpertsPerTok routed experts that a token visits
 * @param moeIntermediateSize intermediate width of one routed expert
 * @param nSharedExperts experts that every token visits, as one network
 * @param sharedExpertIntermediateSize width of that network where it has a gate of its own, one
 *     output for each token (Qwen2-MoE); absent: {@code n_shared_experts * moe_intermediate_size}
 *     and no gate
 * @param firstKDenseReplace the first so many layers are dense
 * @param routerBias whether the router has a vector of one element an expert: a bias (gpt-oss) or a
 *     load-balancing correction (DeepSeek-V3)
 * @param scoringFunc how logits become scores
 * @param groups of experts that limit what a token chooses from; absent: all
 * @param storedFormat format in which the experts' weights are published; absent: as the rest
 * @param popularity by which power of their rank experts are chosen less often than the most
 *     popular one (Zipf's law); absent: all are as likely
 */
public record MixtureOfExperts(
    @Range(min = 1, max = 4096) int numExperts,
    @Range(min = 1, max = 4096) int numExpertsPerTok,
    @Range(min = 1, max = 1048576) int moeIntermediateSize,
    @Range(min = 0, max = 64) int nSharedExperts,
    @Range(min = 1, max = 1048576) Optional<Integer> sharedExpertIntermediateSize,
    @Range(min = 0, max = 2048) int firstKDenseReplace,
    boolean routerBias,
    RouterScore scoringFunc,
    Optional<ExpertGroups> groups,
    Optional<Format> storedFormat,
    @Range(min = 0, max = 3) Optional<Double> popularity) {

  /**
   * By which power of its rank an expert is chosen less often than the most popular one; 0: all are
   * as likely.
   *
   * @param asked by a user, which stands over the model's own
   */
  public double skew(final Optional<Double> asked) {
    return asked.or(() -> popularity).orElse(0.0);
  }

  /** Intermediate width of the shared experts together; 0 where there are none. */
  public int sharedWidth() {
    return nSharedExperts == 0
        ? 0
        : sharedExpertIntermediateSize.orElse(
            Math.multiplyExact(nSharedExperts, moeIntermediateSize));
  }
}
