package org.inferchip.lowering;

/**
 * How a model is split over devices.
 *
 * @param tensorParallel devices that share every layer
 * @param pipelineParallel groups of such devices, each with some of the layers
 * @param vocabularyGroups groups that share the embedding, and as many others the head, where they
 *     are too large for one; 1: they are on the first and the last group
 */
public record Split(int tensorParallel, int pipelineParallel, int vocabularyGroups) {
  /** One device. */
  public static final Split NONE = new Split(1, 1);

  /** Checks sizes. */
  public Split {
    if (tensorParallel < 1 || pipelineParallel < 2 * vocabularyGroups - 1) {
      throw new IllegalArgumentException(tensorParallel + " x " + pipelineParallel);
    }
  }

  /** With embedding and head on one group each. */
  public Split(final int tensorParallel, final int pipelineParallel) {
    this(tensorParallel, pipelineParallel, 1);
  }

  /** Devices that share the embedding, and the head. */
  public int vocabularyDevices() {
    return tensorParallel * vocabularyGroups;
  }

  /** Hops from group to group on a token's way. */
  public int hops() {
    return pipelineParallel - 2 * vocabularyGroups + 1;
  }

  /** A device's part of the vocabulary; the largest. */
  int vocabularyPart(final int whole) {
    return (whole + vocabularyDevices() - 1) / vocabularyDevices();
  }

  /** A device's part of something that is divided as evenly as it goes; the largest part. */
  int part(final int whole) {
    return (whole + tensorParallel - 1) / tensorParallel;
  }
}
