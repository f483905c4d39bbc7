package org.inferchip.serving;

import org.inferchip.energy.SystemPower;

/**
 * What one instance of a deployment did.
 *
 * @param part of a request that it does
 * @param system its name
 * @param chips of it
 * @param requests that a router gave it
 * @param completed of these, wherever they ended
 * @param outputTokens delivered by it
 * @param prefillTokens prompt tokens that it put into steps
 * @param prefixHitRate share of prompt tokens that its cache held, of the requests it was given
 * @param busyShare share of the time with a step in flight
 * @param prefillShare share of its step time caused by prefill
 * @param meanKvUtilisation blocks in use / its blocks
 * @param meanRunning running requests
 * @param meanWaiting waiting requests
 * @param preemptions requests that lost their cache there
 * @param ttft of the requests that it was given
 * @param e2e of those of them that completed
 * @param watts average
 */
public record InstanceUse(
    Part part,
    String system,
    int chips,
    long requests,
    long completed,
    long outputTokens,
    long prefillTokens,
    double prefixHitRate,
    double busyShare,
    double prefillShare,
    double meanKvUtilisation,
    double meanRunning,
    double meanWaiting,
    long preemptions,
    Distribution ttft,
    Distribution e2e,
    SystemPower watts) {

  /** What of a request an instance does. */
  public enum Part {
    /** All. */
    WHOLE,
    /** The prompt and the first token. */
    PREFILL,
    /** The other tokens. */
    DECODE
  }
}
