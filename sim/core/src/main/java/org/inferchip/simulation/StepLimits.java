package org.inferchip.simulation;

/**
 * What a scheduler may put into one step at most, whatever arrives.
 *
 * @param decodes sequences that decode
 * @param chunkTokens tokens of the one prompt chunk beside them
 * @param contextTokens tokens of a sequence, the new ones included
 */
public record StepLimits(int decodes, int chunkTokens, int contextTokens) {
  /** Checks sizes. */
  public StepLimits {
    if (decodes < 1 || chunkTokens < 1 || contextTokens < 1) {
      throw new IllegalArgumentException(decodes + ", " + chunkTokens + ", " + contextTokens);
    }
  }

  /** Requests of the fullest step. */
  int requests() {
    return decodes + 1;
  }

  /** New tokens of the fullest step. */
  int tokens() {
    return decodes + chunkTokens;
  }
}
