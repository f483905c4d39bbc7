package org.inferchip.model;

/**
 * Weights that no matrix multiplication reads: norms, sinks, looked-up tables.
 *
 * @param name such as {@code norm} or {@code position_embedding}
 * @param elements how many, all together
 */
public record WeightVector(String name, long elements) {}
