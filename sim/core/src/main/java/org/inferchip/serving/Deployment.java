package org.inferchip.serving;

/**
 * What serves a trace.
 *
 * @param pool of instances, each with a scheduler and a cache of its own
 * @param router that deals requests out to them
 * @param seed of what the router draws
 */
public record Deployment(Pool pool, RouterPolicy router, long seed) {

  /** One instance. */
  public static Deployment single(final Pool pool) {
    return new Deployment(pool, RouterPolicy.ROUND_ROBIN, 1);
  }
}
