package org.inferchip.serving;

import java.util.Optional;

/**
 * What serves a trace.
 *
 * @param pool of instances, each with a scheduler and a cache of its own
 * @param router that deals requests out to them
 * @param seed of what the router draws
 * @param prefill instances that compute prompts and the first token; absent: the pool does
 */
public record Deployment(Pool pool, RouterPolicy router, long seed, Optional<Prefill> prefill) {

  /**
   * Instances that compute prompts for others.
   *
   * @param pool of them
   * @param handover how caches come to those that decode
   */
  public record Prefill(Pool pool, Handover handover) {}

  /** Instances that serve requests whole. */
  public Deployment(final Pool pool, final RouterPolicy router, final long seed) {
    this(pool, router, seed, Optional.empty());
  }

  /** One instance. */
  public static Deployment single(final Pool pool) {
    return new Deployment(pool, RouterPolicy.ROUND_ROBIN, 1);
  }
}
