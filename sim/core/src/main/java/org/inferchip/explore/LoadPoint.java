package org.inferchip.explore;

import org.inferchip.serving.RunResult;

/**
 * A trace served at another load: its arrivals are as many times closer together, its requests the
 * same.
 *
 * @param factor times the load of the trace as it is
 * @param offeredPerSecond requests a second that arrive, over the span of the arrivals
 * @param run what the requests saw
 */
public record LoadPoint(double factor, double offeredPerSecond, RunResult run) {}
