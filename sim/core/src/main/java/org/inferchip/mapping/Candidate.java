package org.inferchip.mapping;

/**
 * A mapping that fits, with a time that its program cannot beat, or of matrix products on tensor
 * cores an estimate of its time.
 *
 * @param mapping the mapping
 * @param boundPicos lower bound of its time, or the estimate
 * @param tasks about how many tasks its program has: among equal bounds, few large tiles come
 *     first, and a search stops before it walks too many
 */
public record Candidate(Mapping mapping, long boundPicos, long tasks) {}
