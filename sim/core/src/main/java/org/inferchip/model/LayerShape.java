package org.inferchip.model;

import java.util.List;
import java.util.Optional;

/**
 * What equal layers have in common. Layers of one model differ in two ways only: what attention
 * sees and whether the feed-forward part is dense.
 *
 * @param span what attention sees
 * @param window tokens that it sees at most; {@link Integer#MAX_VALUE} where it sees all
 * @param blocks what it sees by blocks; absent: those tokens
 * @param moe whether the feed-forward part is a mixture of experts
 * @param matrices weight matrices in the order in which a token meets them
 * @param vectors other weights
 */
public record LayerShape(
    Span span,
    int window,
    Optional<KeyBlocks> blocks,
    boolean moe,
    List<WeightMatrix> matrices,
    List<WeightVector> vectors) {

  /** Takes copies of the lists. */
  public LayerShape {
    matrices = List.copyOf(matrices);
    vectors = List.copyOf(vectors);
  }

  /** Stored elements. */
  public long elements() {
    return matrices.stream().mapToLong(WeightMatrix::elements).sum() + vectorElements();
  }

  /** Elements that one token visits: of the routed experts, only those it is sent to. */
  public long activeElements() {
    return matrices.stream().mapToLong(WeightMatrix::activeElements).sum() + vectorElements();
  }

  /** Tokens whose keys and values this layer still needs after so many tokens. */
  public long cachedTokens(final long context) {
    return Math.min(context, window);
  }

  /**
   * The matrix of this name.
   *
   * @throws IllegalArgumentException if this layer has none
   */
  public WeightMatrix matrix(final String name) {
    return matrices.stream()
        .filter(matrix -> matrix.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no matrix " + name));
  }

  private long vectorElements() {
    return vectors.stream().mapToLong(WeightVector::elements).sum();
  }
}
