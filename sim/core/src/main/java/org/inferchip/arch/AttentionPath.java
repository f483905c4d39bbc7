package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.units.Range;

/**
 * When a stack takes which attention kernel: every condition that is there must hold. Of a list of
 * paths the first counts.
 *
 * @param phase of the calls that it takes
 * @param minGroup query heads of one key-value head, at least
 * @param maxGroup and at most
 * @param minHeadDim elements of a head, at least
 * @param maxHeadDim and at most
 * @param activation format of queries
 * @param cache format of keys and values
 * @param maxQueries new tokens of a sequence, at most
 * @param appends whether the caller has the kernel write new keys and values into the cache
 * @param work how much work there must be
 * @param kernel the kernel, by its key in the stack
 */
public record AttentionPath(
    Phase phase,
    Optional<Integer> minGroup,
    Optional<Integer> maxGroup,
    Optional<Integer> minHeadDim,
    Optional<Integer> maxHeadDim,
    Optional<Format> activation,
    Optional<Format> cache,
    Optional<Integer> maxQueries,
    Optional<Boolean> appends,
    Optional<Work> work,
    String kernel) {

  /** Kinds of calls. */
  public enum Phase {
    /** Several new tokens for some sequence. */
    PREFILL,
    /** One new token for each sequence. */
    DECODE
  }

  /**
   * At least so many blocks of keys for each core: sequences x heads of keys x max(1, floor(keys /
   * tokens)) is at least {@code perCore} x cores.
   *
   * @param tokens keys of a block
   * @param perCore blocks for each core, at least
   */
  public record Work(
      @Range(min = 1) int tokens, @Range(min = 0, exclusive = true) double perCore) {}
}
