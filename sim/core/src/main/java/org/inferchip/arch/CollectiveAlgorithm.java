package org.inferchip.arch;

/** Who sends what to whom in a collective. */
public enum CollectiveAlgorithm {
  /**
   * Every device sends to every other at once, and sums in the order of devices: one hop, but an
   * all-reduce sends devices - 1 times the message.
   */
  ONE_SHOT,
  /**
   * Every device sends one part to each other, sums its own part, and sends the sum to every other:
   * two hops, 2 (n-1)/n of the message.
   */
  TWO_SHOT,
  /**
   * Each device sends to the next only: reduce-scatter, then all-gather; 2 (n-1) hops, 2 (n-1)/n of
   * the message (Patarasuk and Yuan 2009).
   */
  RING,
  /**
   * Two shots through switches that add what they forward to one device and copy what they forward
   * to all (NVLink SHARP: Klenk et al. 2020): two hops, (n+1)/n of the message.
   */
  IN_SWITCH
}
