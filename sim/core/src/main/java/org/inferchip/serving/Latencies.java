package org.inferchip.serving;

/**
 * Latencies of a run, by the field's definitions.
 *
 * @param ttft time to first token: its delivery - arrival, queueing included; requests that have it
 * @param tpot time per output token: (E2E - TTFT) / (output tokens - 1); completed requests of two
 *     tokens or more
 * @param itl inter-token latency: every gap between consecutive tokens of a request, pooled over
 *     all tokens; requests of all outcomes
 * @param ttst time to second token: second - first; requests that have it
 * @param e2e end to end: last token - arrival; completed requests
 * @param normalised E2E / output tokens (Orca, vLLM paper); completed requests
 * @param queueing first scheduled - arrival; requests that were scheduled
 */
public record Latencies(
    Distribution ttft,
    Distribution tpot,
    Distribution itl,
    Distribution ttst,
    Distribution e2e,
    Distribution normalised,
    Distribution queueing) {}
