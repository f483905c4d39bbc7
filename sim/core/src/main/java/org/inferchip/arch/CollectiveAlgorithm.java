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
   * From neighbour to neighbour both ways along a line: parts go to both ends, sums come from both;
   * the link beside an end carries (n-1)/n of the message each way and phase.
   */
  LINE,
  /**
   * From neighbour to neighbour both ways round a ring: each part goes half way round either way; a
   * link carries n/2 parts (rounded down) each way and phase.
   */
  TWO_WAY_RING,
  /**
   * Two shots through switches that add what they forward to one device and copy what they forward
   * to all (NVLink SHARP: Klenk et al. 2020): two hops, (n+1)/n of the message.
   */
  IN_SWITCH,
  /**
   * At once inside each box, then at once among devices of one seat of all boxes, and back: between
   * boxes only sums of whole boxes go, or what each device has once.
   */
  TWO_LEVEL
}
