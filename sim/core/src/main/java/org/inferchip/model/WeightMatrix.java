package org.inferchip.model;

/**
 * A matrix of weights that multiplies activations: {@code y[outputs] = W x[inputs] (+ bias)}.
 *
 * @param name the operator's name, such as {@code qkv_proj} or {@code expert_gate_up_proj}
 * @param outputs rows: the {@code n} of the GEMM
 * @param inputs columns: the {@code k} of the GEMM
 * @param copies how many the layer stores (experts); 1 elsewhere
 * @param copiesPerToken how many a token visits
 * @param bias whether each copy adds a vector of {@code outputs} elements
 */
public record WeightMatrix(
    String name, int outputs, int inputs, int copies, int copiesPerToken, boolean bias) {

  static WeightMatrix of(
      final String name, final int outputs, final int inputs, final boolean bias) {
    return new WeightMatrix(name, outputs, inputs, 1, 1, bias);
  }

  /** Elements of one copy, without its bias. */
  public long elementsPerCopy() {
    return (long) outputs * inputs;
  }

  /** Bias elements of one copy. */
  public int biasElements() {
    return bias ? outputs : 0;
  }

  /** Stored elements of all copies, biases included. */
  public long elements() {
    return copies * (elementsPerCopy() + biasElements());
  }

  /** Elements that one token visits, biases included. */
  public long activeElements() {
    return copiesPerToken * (elementsPerCopy() + biasElements());
  }
}
