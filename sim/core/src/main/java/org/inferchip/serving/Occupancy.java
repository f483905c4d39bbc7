package org.inferchip.serving;

/**
 * How full the instances were. Means are over time, from the first arrival to the end of the run.
 * Counts and mean numbers of requests are sums over instances, shares are means over them (of
 * blocks: over all blocks), peaks those of the fullest instance.
 *
 * @param steps scheduled
 * @param prefillTokens prompt tokens put into steps, those computed again included
 * @param preemptions requests that lost their cache, each time counted
 * @param recomputedTokens tokens computed again because of preemptions
 * @param swappedOutTokens tokens of preempted requests copied behind device memory
 * @param swappedInTokens those copied back
 * @param peakSwappedTokens the most that were there at once
 * @param cachedPromptTokens prompt tokens that the prefix cache held when their requests were first
 *     scheduled
 * @param prefixHitRate those / prompt tokens of all requests that were scheduled
 * @param busyShare share of the time with a step in flight
 * @param prefillShare share of the step time caused by prefill (see {@code StepTime})
 * @param kvBlocks blocks in the KV cache
 * @param meanKvUtilisation blocks in use / all
 * @param peakKvUtilisation the most blocks in use / all
 * @param meanRunning running requests
 * @param meanWaiting waiting requests
 * @param peakWaiting the most waiting requests
 * @param saturated whether the queue grew all the time requests arrived: latencies then depend on
 *     the length of the trace
 */
public record Occupancy(
    long steps,
    long prefillTokens,
    long preemptions,
    long recomputedTokens,
    long swappedOutTokens,
    long swappedInTokens,
    long peakSwappedTokens,
    long cachedPromptTokens,
    double prefixHitRate,
    double busyShare,
    double prefillShare,
    int kvBlocks,
    double meanKvUtilisation,
    double peakKvUtilisation,
    double meanRunning,
    double meanWaiting,
    int peakWaiting,
    boolean saturated) {

  /** Mean number in the system. */
  public double meanInSystem() {
    return meanRunning + meanWaiting;
  }
}
