package org.inferchip.arch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.inferchip.units.Range;

/**
 * The rule by which a kernel shares out the keys of one sequence to several items. The {@code kind}
 * key of the description picks the record. Below, n is the number of cores, "items" the number
 * without a split, "blocks" the key tiles of the longest sequence.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AttentionSplit.Never.class, name = "never"),
  @JsonSubTypes.Type(value = AttentionSplit.Asked.class, name = "asked"),
  @JsonSubTypes.Type(value = AttentionSplit.EqualShares.class, name = "equal-shares"),
  @JsonSubTypes.Type(value = AttentionSplit.BestWave.class, name = "best-wave"),
  @JsonSubTypes.Type(value = AttentionSplit.Balanced.class, name = "balanced"),
  @JsonSubTypes.Type(value = AttentionSplit.Fill.class, name = "fill")
})
public sealed interface AttentionSplit {

  /** One item for all keys of a sequence. */
  record Never() implements AttentionSplit {}

  /** As many as the caller asks for, whether or not cores are idle; one, where it does not. */
  record Asked() implements AttentionSplit {}

  /**
   * Each core an equal share of all blocks (FlashAttention 3): share = ceil(headroom x items x
   * blocks / n), parts = ceil(blocks / share).
   *
   * @param headroom above 1, so that the last wave is not a long one
   * @param most parts at most
   * @param batchBelow batches from this size on are not split
   */
  record EqualShares(
      @Range(min = 1, max = 2) double headroom,
      @Range(min = 1) int most,
      @Range(min = 1) int batchBelow)
      implements AttentionSplit {}

  /**
   * The fewest parts whose last wave is nearly as full as the fullest (FlashAttention 2): none for
   * groups of one query head, none where items fill {@code full} of the cores' places.
   *
   * @param places items that a core counts for
   * @param full share of all places above which nothing is split
   * @param good share of the best efficiency that is good enough
   * @param most parts at most
   */
  record BestWave(
      @Range(min = 1) int places,
      @Range(min = 0, max = 1) double full,
      @Range(min = 0, max = 1) double good,
      @Range(min = 1) int most)
      implements AttentionSplit {}

  /**
   * Parts between their number and their length (XQA): m = floor(keys / tokens), no more than
   * round(sqrt(growth x m)), divided by how often items x m fill {@code perCore} places of each
   * core; items x parts no more than {@code most} for each head of keys.
   *
   * @param tokens keys of the smallest part
   * @param growth see above
   * @param perCore see above
   * @param most see above
   */
  record Balanced(
      @Range(min = 1) int tokens,
      @Range(min = 1) int growth,
      @Range(min = 1) int perCore,
      @Range(min = 1) int most)
      implements AttentionSplit {}

  /**
   * As many parts as fill the cores once.
   *
   * @param tokens keys of the smallest part
   * @param up whether n / items, and keys / tokens the other way, are rounded up or down
   */
  record Fill(@Range(min = 1) int tokens, boolean up) implements AttentionSplit {}
}
