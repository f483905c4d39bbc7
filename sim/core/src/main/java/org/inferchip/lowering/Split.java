package org.inferchip.lowering;

/**
 * How a model is split over devices.
 *
 * @param tensorParallel devices that share every layer
 * @param pipelineParallel groups of such devices, each with some of the layers
 */
public record Split(int tensorParallel, int pipelineParallel) {
  /** One device. */
  public static final Split NONE = new Split(1, 1);

  /** Checks sizes. */
  public Split {
    if (tensorParallel < 1 || pipelineParallel < 1) {
      throw new IllegalArgumentException(tensorParallel + " x " + pipelineParallel);
    }
  }

  /** A device's part of something that is divided as evenly as it goes; the largest part. */
  int part(final int whole) {
    return (whole + tensorParallel - 1) / tensorParallel;
  }
}
