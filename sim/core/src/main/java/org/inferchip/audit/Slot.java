package org.inferchip.audit;

/** One slot of a buffer's instance: what it holds, and what its reader may rely on. */
final class Slot {
  Content content;
  Clock clock = Clock.EMPTY;
  boolean filled;
}
