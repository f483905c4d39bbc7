package org.inferchip.serving;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inferchip.arch.Stack;
import org.inferchip.units.Picoseconds;

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

  private static void atLeastOne(final String what, final int value) {
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

  /**
   * What is between a client and the scheduler.
   *
   * @param ahead whether a step is scheduled when the one before it starts (asynchronous
   *     scheduling), so that who arrives in a step is in the one after the next
   * @param frontEndPicos from a request's arrival until it can be scheduled, the way of its tokens
   *     back included: time to first token has it once
   * @param tokenPicos of the one tokenizer for each token of a prompt, before that: requests wait
   *     for each other there
   * @param requestPicos of the front end's time, in which it is busy with one request alone
   * @param hold for how long the scheduler leaves requests alone that have come; absent: for no
   *     longer than that
   */
  public record Host(
      boolean ahead, long frontEndPicos, long tokenPicos, long requestPicos, Optional<Hold> hold) {
    /** Nothing. */
    public static final Host NONE = new Host(false, 0);

    /** Without a tokenizer and a hold. */
    public Host(final boolean ahead, final long frontEndPicos) {
      this(ahead, frontEndPicos, 0, Optional.empty());
    }

    /** With a front end that is busy with prompts alone. */
    public Host(
        final boolean ahead,
        final long frontEndPicos,
        final long tokenPicos,
        final Optional<Hold> hold) {
      this(ahead, frontEndPicos, tokenPicos, 0, hold);
    }

    /** This with a hold. */
    public Host with(final Optional<Hold> other) {
      return new Host(ahead, frontEndPicos, tokenPicos, requestPicos, other);
    }

    /** Checks the range. */
    public Host {
      if (tokenPicos < 0 || requestPicos < 0 || requestPicos > frontEndPicos) {
        throw new IllegalArgumentException(
            String.format(
                "front end %d ps, %d of them alone, %d ps a token",
                frontEndPicos, requestPicos, tokenPicos));
      }
    }

    /** That of a stack. */
    public static Host of(final Stack.Step step) {
      return new Host(
          step.ahead().orElse(false),
          Picoseconds.of(step.frontEnd().orElse(0.0)),
          Picoseconds.of(step.frontEndToken().orElse(0.0)),
          Picoseconds.of(step.frontEndRequest().orElse(0.0)),
          Optional.empty());
    }
  }

  /**
   * While requests run, those that have come wait, so that prompts interrupt the others' decoding
   * less often.
   *
   * @param steps after which they are let in
   * @param share of the token budget: as soon as the step would have so many tokens with them they
   *     are let in anyway; absent: however many there are
   * @param polled whether steps are counted from when requests were last looked for (and one with
   *     prompts counts as enough: SGLang's {@code scheduler-recv-interval}), not from when the
   *     first of them came (TensorRT-LLM's {@code batch_wait_timeout_iters})
   * @param ranks of data-parallel attention: once each of so many has a prompt that waits, the wait
   *     ends too (TensorRT-LLM's {@code attention_dp_config}, balanced); nor do they wait while
   *     fewer run; 0: none
   * @param further steps for which so many still wait for others
   */
  public record Hold(int steps, Optional<Double> share, boolean polled, int ranks, int further) {
    /** Checks ranges. */
    public Hold {
      atLeastOne("steps", steps);
      if (share.isPresent() && !(share.get() > 0)) {
        throw new IllegalArgumentException("share of the budget: " + share.get());
      }
      if (ranks < 0 || further < 0) {
        throw new IllegalArgumentException("ranks " + ranks + ", further steps " + further);
      }
    }

    /** Without ranks. */
    public Hold(final int steps, final Optional<Double> share, final boolean polled) {
      this(steps, share, polled, 0, 0);
    }
  }

  /** What is done with prompts that begin alike. */
  public enum Prefixes {
    /** Every request computes its whole prompt. */
    OFF,
    /**
     * Full blocks stay known by the hash of their content and of all before it until they are taken
     * for other content, the least recently used first (automatic prefix caching of vLLM V1).
     */
    CACHED
  }

  /** The schedulers. */
  public enum Policy {
    /** Continuous batching with chunked prefill and preemption by recompute (vLLM V1). */
    VLLM,
    /**
     * As {@link #VLLM}, but prompts are computed in steps of their own, before any decoding (SGLang
     * unless it is told to mix chunks).
     */
    PROMPTS_FIRST,
    /** A batch is formed when nothing runs, and runs until its last request ends. */
    STATIC,
    /** Seats in time slots, with a proven worst case: {@link SlottedScheduler}. */
    SLOTTED;

    /** This, or what the stack has in its place. */
    public Policy of(final Stack.Scheduler scheduler) {
      if (this == VLLM && scheduler.slotted().orElse(false)) {
        return SLOTTED;
      }
      return this == VLLM && !scheduler.mixed().orElse(true) ? PROMPTS_FIRST : this;
    }
  }
}
