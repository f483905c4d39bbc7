package org.inferchip.arch;

/**
 * In which order the query tiles of a prompt start. What stays of the keys in a cache until the
 * next tile of their head reads them follows from it.
 */
public enum AttentionOrder {
  /** Head by head, the last tile of each first: of causal calls the longest. */
  LAST_FIRST,
  /** Head by head, in the order of the tiles: of causal calls the shortest first. */
  FIRST_FIRST,
  /** The last tile of every head, then the one before it of every head, and so on. */
  ACROSS_HEADS
}
