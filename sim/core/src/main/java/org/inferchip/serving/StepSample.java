package org.inferchip.serving;

/**
 * The state right after a step was scheduled, for charts.
 *
 * @param picos when
 * @param running requests
 * @param waiting requests
 * @param kvBlocks in use
 * @param stepRequests requests in the step
 * @param stepTokens new tokens of the step
 * @param outputTokens delivered so far
 * @param prefillTokens put into steps so far
 * @param joules of all chips above idle power, of the steps before this one
 */
public record StepSample(
    long picos,
    int running,
    int waiting,
    int kvBlocks,
    int stepRequests,
    int stepTokens,
    long outputTokens,
    long prefillTokens,
    double joules) {}
