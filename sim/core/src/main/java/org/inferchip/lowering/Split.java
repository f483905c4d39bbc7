package org.inferchip.lowering;

import java.util.Optional;

/**
 * How a model is split over devices.
 *
 * @param tensorParallel devices that share a layer's attention, and dense networks
 * @param pipelineParallel groups of such devices, each with some of the layers
 * @param vocabularyGroups groups that share the embedding, and as many others the head, where they
 *     are too large for one; 1: they are on the first and the last group
 * @param dataParallel ranks of a stage, each of tensor-parallel devices with sequences of its own
 *     and all weights but the experts'; experts are spread over the devices of all ranks
 * @param expertParallel groups of devices of a stage, each with some of the experts; the devices of
 *     a group share the width of each
 * @param expertSkew how much more tokens like some experts than others ({@link Popularity});
 *     absent: as the model says
 */
public record Split(
    int tensorParallel,
    int pipelineParallel,
    int vocabularyGroups,
    int dataParallel,
    int expertParallel,
    Optional<Double> expertSkew) {
  /** One device. */
  public static final Split NONE = new Split(1, 1);

  /** Checks sizes. */
  public Split {
    if (tensorParallel < 1
        || pipelineParallel < 2 * vocabularyGroups - 1
        || dataParallel < 1
        || expertParallel < 1
        || tensorParallel * dataParallel % expertParallel != 0) {
      throw new IllegalArgumentException(
          tensorParallel
              + " x "
              + pipelineParallel
              + ", "
              + dataParallel
              + " ranks, "
              + expertParallel
              + " groups of experts");
    }
  }

  /** Of experts that tokens like as the model says. */
  public Split(
      final int tensorParallel,
      final int pipelineParallel,
      final int vocabularyGroups,
      final int dataParallel,
      final int expertParallel) {
    this(
        tensorParallel,
        pipelineParallel,
        vocabularyGroups,
        dataParallel,
        expertParallel,
        Optional.empty());
  }

  /** Of one rank whose devices share every expert. */
  public Split(final int tensorParallel, final int pipelineParallel, final int vocabularyGroups) {
    this(tensorParallel, pipelineParallel, vocabularyGroups, 1, 1);
  }

  /** With embedding and head on one group each. */
  public Split(final int tensorParallel, final int pipelineParallel) {
    this(tensorParallel, pipelineParallel, 1);
  }

  /** Devices of a stage. */
  public int stageDevices() {
    return tensorParallel * dataParallel;
  }

  /** Devices that share the embedding, and the head. */
  public int vocabularyDevices() {
    return tensorParallel * vocabularyGroups;
  }

  /** Hops from group to group on a token's way. */
  public int hops() {
    return pipelineParallel - 2 * vocabularyGroups + 1;
  }

  /** Whether each device has experts of its own, so that tokens go to where theirs are. */
  boolean routesTokens() {
    return dataParallel > 1 && expertParallel == stageDevices();
  }

  /** A device's part of the vocabulary; the largest. */
  int vocabularyPart(final int whole) {
    return (whole + vocabularyDevices() - 1) / vocabularyDevices();
  }

  /** A device's part of something that is divided as evenly as it goes; the largest part. */
  int part(final int whole) {
    return (whole + tensorParallel - 1) / tensorParallel;
  }

  /** A device's part of the width of an expert. */
  public int expertPart(final int whole) {
    final int sharing = stageDevices() / expertParallel;
    return (whole + sharing - 1) / sharing;
  }
}
