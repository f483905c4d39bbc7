/**
 * Transformers: what a model is made of, as its {@code config.json} says, and what follows from it
 * (weight matrices by layer, parameters, cache bytes). Files stand in {@code workloads/models}.
 */
package org.inferchip.model;
