package org.inferchip.serving;

/** How a router chooses the instance that takes a request. Ties go to the next one round. */
public enum RouterPolicy {
  /** One after the other. */
  ROUND_ROBIN,
  /** Drawn, each as likely, by the run's seed. */
  RANDOM,
  /** The one with the fewest requests that came to it and have not ended (join the shortest). */
  LEAST_REQUESTS,
  /** The one whose requests have the fewest tokens so far, prompts and generated ones. */
  LEAST_TOKENS,
  /**
   * The same one for all requests of a session (those without a session: of a named prefix), by a
   * hash; others as {@link #LEAST_REQUESTS}.
   */
  SESSION,
  /**
   * The one whose prefix cache holds most of the prompt, if that is over {@link
   * RequestRouter#MATCH} of it and load is not uneven; else as {@link #LEAST_REQUESTS}. Needs
   * prefix caches.
   */
  PREFIX
}
