package org.inferchip.explore.pareto;

/** Whether little or much of a figure is good. */
public enum Goal {
  /** Little. */
  MIN,
  /** Much. */
  MAX;

  /** How good a value is, on a scale on which less is better. */
  public double cost(final double value) {
    return this == MIN ? value : -value;
  }
}
