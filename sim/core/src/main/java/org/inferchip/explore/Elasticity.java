package org.inferchip.explore;

/**
 * How figures of a step follow one parameter: {@code ln(figure' / figure) / ln(factor)}, by
 * simulating the step again with the parameter raised. -1 for latency means that 10 % more of it
 * makes the step 10 % shorter. Price, floors of power and joules an operation stay as they are.
 *
 * @param parameter key path
 * @param value as it is
 * @param factor by which it was raised
 * @param rate whether more of it is better (a rate or a count), or less (a time)
 * @param latency of the step
 * @param tokensPerJoule at the system boundary
 * @param tokensPerUsd of an owner
 */
public record Elasticity(
    String parameter,
    String value,
    double factor,
    boolean rate,
    double latency,
    double tokensPerJoule,
    double tokensPerUsd) {

  /**
   * What a tenth better part (more of a rate, less of a time) takes off the latency, as a share.
   */
  public double gain() {
    return rate ? 1 - StrictMath.pow(1.1, latency) : 1 - StrictMath.pow(0.9, latency);
  }
}
