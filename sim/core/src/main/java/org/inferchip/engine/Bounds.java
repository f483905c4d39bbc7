package org.inferchip.engine;

/**
 * Times that no schedule of an operator can beat, and one that none may exceed, in picoseconds.
 *
 * @param compute multiply-accumulates at the stated peak rate of the operator's format
 * @param memory compulsory bytes at the stated peak bandwidth of the level that holds them
 * @param link compulsory link bytes at the stated link bandwidth
 * @param upper every unit and pipe one after the other, plus the stated latencies; {@link
 *     Long#MAX_VALUE} where it is not known
 */
public record Bounds(long compute, long memory, long link, long upper) {

  /** The largest of the lower bounds. */
  public long lower() {
    return Math.max(compute, Math.max(memory, link));
  }

  /** Which lower bound is the largest. */
  public Limiter limiter() {
    if (link >= compute && link >= memory) {
      return link == 0 ? Limiter.LATENCY : Limiter.LINK;
    }
    return compute >= memory ? Limiter.COMPUTE : Limiter.MEMORY;
  }

  /** What holds an operator back. */
  public enum Limiter {
    /** Matrix units. */
    COMPUTE,
    /** External or shared memory. */
    MEMORY,
    /** Links between chips. */
    LINK,
    /** None of these: latencies and launches. */
    LATENCY
  }
}
