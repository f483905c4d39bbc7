package org.inferchip.serving;

/**
 * Throughput over one window: from the first arrival to the end of the run (the last delivery, or
 * the horizon). An open-loop trace ends with an emptying system, which is part of the window.
 *
 * @param durationSeconds length of the window
 * @param completedPerSecond completed requests
 * @param inputTokensPerSecond prompt tokens of completed requests
 * @param outputTokensPerSecond generated tokens
 * @param goodputPerSecond completed requests that met all objectives of their class
 * @param attainment these as a share of all requests: rejected and unfinished ones are misses
 */
public record Rates(
    double durationSeconds,
    double completedPerSecond,
    double inputTokensPerSecond,
    double outputTokensPerSecond,
    double goodputPerSecond,
    double attainment) {}
