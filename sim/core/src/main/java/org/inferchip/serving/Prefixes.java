package org.inferchip.serving;

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
