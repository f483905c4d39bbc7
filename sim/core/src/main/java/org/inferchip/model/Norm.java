package org.inferchip.model;

/** The normalisation of a model. */
public enum Norm {
  /** Root mean square, a weight vector. */
  RMS(1),
  /** Layer norm: mean and variance, a weight and a bias vector. */
  LN(2);

  private final int vectors;

  Norm(final int vectors) {
    this.vectors = vectors;
  }

  /** Parameter vectors of one norm, each as wide as what it normalises. */
  public int vectors() {
    return vectors;
  }
}
