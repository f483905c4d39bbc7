package org.inferchip.model;

/**
 * One layer of a model. Equal layers share one shape instance.
 *
 * @param index 0 is nearest to the embedding
 * @param shape what the layer is made of
 */
public record Layer(int index, LayerShape shape) {}
