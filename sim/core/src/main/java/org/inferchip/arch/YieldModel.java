package org.inferchip.arch;

/** Which law gives the share of dies without a defect. */
public enum YieldModel {
  /** {@code (1 + D A / alpha)^-alpha}, defects in clusters; the default. */
  NEGATIVE_BINOMIAL,
  /** {@code e^(-D A)}, defects anywhere. */
  POISSON,
  /** {@code ((1 - e^(-D A)) / (D A))^2}. */
  MURPHY,
  /** {@code 1 / (1 + D A)}. */
  SEEDS
}
