package org.inferchip.model;

import org.inferchip.units.Range;

/**
 * Multi-head latent attention (MLA; DeepSeek-V2, arXiv 2405.04434). Keys and values of all heads
 * are rebuilt from one latent vector, so the cache holds {@code kv_lora_rank + qk_rope_head_dim}
 * elements a token and layer, whatever the number of heads and of devices.
 *
 * @param qLoraRank width of the compressed query; 0 where queries are projected directly
 * @param kvLoraRank width of the cached latent
 * @param qkNopeHeadDim width of a head's query and key that is not rotated
 * @param qkRopeHeadDim width of the rotated part; its key is shared by all heads
 * @param vHeadDim width of a head's value
 */
public record LatentAttention(
    @Range(min = 0, max = 65536) int qLoraRank,
    @Range(min = 1, max = 65536) int kvLoraRank,
    @Range(min = 0, max = 4096) int qkNopeHeadDim,
    @Range(min = 1, max = 4096) int qkRopeHeadDim,
    @Range(min = 1, max = 4096) int vHeadDim) {

  /** Width of a head's query and key. */
  public int qkHeadDim() {
    return qkNopeHeadDim + qkRopeHeadDim;
  }

  /** Cached elements of a token in one layer. */
  public int cachedElements() {
    return kvLoraRank + qkRopeHeadDim;
  }
}
