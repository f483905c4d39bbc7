package org.inferchip.serving;

/**
 * Room behind device memory for keys and values of preempted requests: what goes there is copied
 * back when the request is admitted again, instead of computed again. Whole requests only; one that
 * finds no room is computed again.
 */
final class SwapSpace {
  private final long total;
  private final int[] held;
  private long used;
  private long peak;

  /**
   * An empty space.
   *
   * @param total tokens
   * @param requests how many requests there are
   */
  SwapSpace(final long total, final int requests) {
    this.total = total;
    held = new int[requests];
  }

  /** Puts a request's computed tokens there, if there is room. */
  boolean put(final int request, final int tokens) {
    if (tokens == 0 || tokens > total - used) {
      return false;
    }
    held[request] = tokens;
    used += tokens;
    peak = Math.max(peak, used);
    return true;
  }

  /** Tokens of a request that are there. */
  int held(final int request) {
    return held[request];
  }

  /** Forgets a request's tokens. */
  void release(final int request) {
    used -= held[request];
    held[request] = 0;
  }

  /** Tokens that are there. */
  long used() {
    return used;
  }

  /** The most tokens that were there at once. */
  long peak() {
    return peak;
  }

  /** Whether what is there is what requests have there, within the room. */
  boolean isConserved() {
    long sum = 0;
    for (final int tokens : held) {
      sum += tokens;
    }
    return sum == used && used <= total;
  }
}
