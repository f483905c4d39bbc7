package org.inferchip.serving;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one replica serves.
 *
 * @param policy which scheduler
 * @param maxBatchedTokens token budget of a step
 * @param maxSequences running requests at most
 * @param blockTokens tokens in a KV block
 * @param kvBlocks blocks in the replica's KV cache
 * @param maxPositions longest prompt and output together
 * @param longPrefillThreshold most tokens of one prompt in a step; 0: only the budget limits it;
 *     more needs chunked prefill
 * @param chunkedPrefill whether a prompt may be computed over several steps; otherwise a prompt
 *     that does not fit the budget waits for a step where it does (only what a preempted request
 *     has to compute again may be too long for any step, and is chunked)
 * @param wholePromptAdmission whether a request is admitted only if the blocks of its whole prompt
 *     are free (newer vLLM), or as soon as those of its first chunk are
 * @param prefixes whether blocks of equal content are shared; not with {@link Policy#STATIC} or
 *     {@link Policy#SLOTTED}
 * @param pipelineDepth steps in flight at most: pipeline stages, 1 without
 * @param spreadOverPipeline whether a step takes at most its even share of the running requests, so
 *     that the stages of a pipeline stay evenly filled; vLLM takes all that are ready
 * @param horizonPicos no step starts from here on, and what is then in the system stays unfinished;
 *     {@link Long#MAX_VALUE} for none
 * @param host what is between a client and the scheduler
 * @param objectives by the class that requests name; those of other classes are under {@link
 *     #DEFAULT_CLASS}
 * @param swapTokens tokens whose keys and values find room behind device memory when their requests
 *     are preempted; the others are computed again
 * @param drafts tokens that steps draft and check; absent: none
 */
public record ServingConfig(
    Policy policy,
    int maxBatchedTokens,
    int maxSequences,
    int blockTokens,
    int kvBlocks,
    int maxPositions,
    int longPrefillThreshold,
    boolean chunkedPrefill,
    boolean wholePromptAdmission,
    Prefixes prefixes,
    int pipelineDepth,
    boolean spreadOverPipeline,
    long horizonPicos,
    Host host,
    Map<String, Slo> objectives,
    long swapTokens,
    Optional<Drafts> drafts) {

  private static final int VLLM_BLOCK_TOKENS = 16;

  /** The class whose objectives hold for requests of unlisted classes. */
  public static final String DEFAULT_CLASS = "default";

  /** Checks ranges. */
  public ServingConfig {
    atLeastOne("token budget", maxBatchedTokens);
    atLeastOne("running requests", maxSequences);
    atLeastOne("tokens in a KV block", blockTokens);
    atLeastOne("KV blocks", kvBlocks);
    atLeastOne("positions", maxPositions);
    atLeastOne("pipeline depth", pipelineDepth);
    if (longPrefillThreshold < 0 || longPrefillThreshold > 0 && !chunkedPrefill) {
      throw new IllegalArgumentException("long prefill threshold " + longPrefillThreshold);
    }
    if (prefixes == Prefixes.CACHED && (policy == Policy.STATIC || policy == Policy.SLOTTED)) {
      throw new IllegalArgumentException("no prefix cache with " + policy);
    }
    final boolean preempts = policy == Policy.VLLM || policy == Policy.PROMPTS_FIRST;
    if (swapTokens < 0 || swapTokens > 0 && !preempts) {
      throw new IllegalArgumentException("swaps " + swapTokens + " tokens with " + policy);
    }
    if (drafts.isPresent() && policy == Policy.SLOTTED) {
      throw new IllegalArgumentException("no drafts with " + policy);
    }
    objectives = java.util.Collections.unmodifiableMap(new TreeMap<>(objectives));
  }

  /**
   * The defaults of vLLM V1: chunked prefill, whole-prompt admission, no objectives, no horizon.
   *
   * @param maxBatchedTokens token budget of a step
   * @param maxSequences running requests at most
   * @param kvBlocks blocks of 16 tokens in the KV cache
   * @param maxPositions longest prompt and output together
   */
  public static ServingConfig vllm(
      final int maxBatchedTokens,
      final int maxSequences,
      final int kvBlocks,
      final int maxPositions) {
    return new Builder(maxBatchedTokens, maxSequences, kvBlocks, maxPositions).build();
  }

  /** What to build another from. */
  private Builder changed() {
    return new Builder(maxBatchedTokens, maxSequences, kvBlocks, maxPositions)
        .policy(policy)
        .blockTokens(blockTokens)
        .prefill(chunkedPrefill, longPrefillThreshold)
        .wholePromptAdmission(wholePromptAdmission)
        .prefixes(prefixes)
        .pipeline(pipelineDepth, spreadOverPipeline)
        .horizonPicos(horizonPicos)
        .host(host)
        .objectives(objectives)
        .swapTokens(swapTokens)
        .drafts(drafts);
  }

  /** This with another scheduler. */
  public ServingConfig withPolicy(final Policy other) {
    return changed().policy(other).build();
  }

  /** This with or without a prefix cache. */
  public ServingConfig withPrefixes(final Prefixes other) {
    return changed().prefixes(other).build();
  }

  /** This with a pipeline. */
  public ServingConfig withPipeline(final int depth, final boolean spread) {
    return changed().pipeline(depth, spread).build();
  }

  /** This with objectives by class. */
  public ServingConfig withObjectives(final Map<String, Slo> byClass) {
    return changed().objectives(byClass).build();
  }

  /** This with room behind device memory. */
  public ServingConfig withSwapTokens(final long tokens) {
    return changed().swapTokens(tokens).build();
  }

  /** Tokens that the KV cache holds. */
  public long kvTokens() {
    return (long) kvBlocks * blockTokens;
  }

  /** The objectives of a class. */
  public Slo objectives(final String sloClass) {
    final Slo own = objectives.get(sloClass);
    return own != null ? own : objectives.getOrDefault(DEFAULT_CLASS, Slo.NONE);
  }

  /** Whether blocks of equal content are shared. */
  public boolean cachesPrefixes() {
    return prefixes == Prefixes.CACHED;
  }

  static void atLeastOne(final String what, final int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": " + value);
    }
  }

  /** This with something between clients and the scheduler. */
  public ServingConfig withHost(final Host other) {
    return changed().host(other).build();
  }

  /** Builds a configuration from the defaults of vLLM V1. */
  public static final class Builder {
    private final int maxBatchedTokens;
    private final int maxSequences;
    private final int kvBlocks;
    private final int maxPositions;
    private Policy policy = Policy.VLLM;
    private int blockTokens = VLLM_BLOCK_TOKENS;
    private int longPrefillThreshold;
    private boolean chunkedPrefill = true;
    private boolean wholePromptAdmission = true;
    private Prefixes prefixes = Prefixes.OFF;
    private int pipelineDepth = 1;
    private boolean spreadOverPipeline;
    private long horizonPicos = Long.MAX_VALUE;
    private Host host = Host.NONE;
    private Map<String, Slo> objectives = Map.of();
    private long swapTokens;
    private Optional<Drafts> drafts = Optional.empty();

    /**
     * What has no default.
     *
     * @param maxBatchedTokens token budget of a step
     * @param maxSequences running requests at most
     * @param kvBlocks blocks in the KV cache
     * @param maxPositions longest prompt and output together
     */
    public Builder(
        final int maxBatchedTokens,
        final int maxSequences,
        final int kvBlocks,
        final int maxPositions) {
      this.maxBatchedTokens = maxBatchedTokens;
      this.maxSequences = maxSequences;
      this.kvBlocks = kvBlocks;
      this.maxPositions = maxPositions;
    }

    /** Which scheduler. */
    public Builder policy(final Policy value) {
      policy = value;
      return this;
    }

    /** Tokens in a KV block. */
    public Builder blockTokens(final int value) {
      blockTokens = value;
      return this;
    }

    /** Whether prompts are chunked, and the most tokens of one in a step; 0: no such limit. */
    public Builder prefill(final boolean chunked, final int threshold) {
      chunkedPrefill = chunked;
      longPrefillThreshold = threshold;
      return this;
    }

    /** Whether a request is admitted only if the blocks of its whole prompt are free. */
    public Builder wholePromptAdmission(final boolean value) {
      wholePromptAdmission = value;
      return this;
    }

    /** What is done with prompts that begin alike. */
    public Builder prefixes(final Prefixes value) {
      prefixes = value;
      return this;
    }

    /** Steps in flight at most, and whether requests are spread over them. */
    public Builder pipeline(final int depth, final boolean spread) {
      pipelineDepth = depth;
      spreadOverPipeline = spread;
      return this;
    }

    /** From when on no step starts. */
    public Builder horizonPicos(final long value) {
      horizonPicos = value;
      return this;
    }

    /** What is between a client and the scheduler. */
    public Builder host(final Host value) {
      host = value;
      return this;
    }

    /** Objectives by class. */
    public Builder objectives(final Map<String, Slo> byClass) {
      objectives = byClass;
      return this;
    }

    /** Tokens of preempted requests that find room behind device memory. */
    public Builder swapTokens(final long value) {
      swapTokens = value;
      return this;
    }

    /** Tokens that steps draft and check. */
    public Builder drafts(final Optional<Drafts> value) {
      drafts = value;
      return this;
    }

    /** The configuration. */
    public ServingConfig build() {
      return new ServingConfig(
          policy,
          maxBatchedTokens,
          maxSequences,
          blockTokens,
          kvBlocks,
          maxPositions,
          longPrefillThreshold,
          chunkedPrefill,
          wholePromptAdmission,
          prefixes,
          pipelineDepth,
          spreadOverPipeline,
          horizonPicos,
          host,
          objectives,
          swapTokens,
          drafts);
    }
  }
}
