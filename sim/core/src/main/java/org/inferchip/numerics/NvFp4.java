package org.inferchip.numerics;

/**
 * NVFP4: 16 E2M1 elements share the E4M3 scale {@code e4m3(largest / 6 / tensorScale)}; a tensor
 * has a binary32 scale that brings its largest block scale to E4M3's largest, 448.
 *
 * @param tensorScale of the tensor, positive
 */
record NvFp4(float tensorScale) implements BlockFormat {
  private static final int SIZE = 16;
  private static final Minifloat ELEMENT = Minifloat.E2M1;
  private static final Minifloat SCALE = Minifloat.E4M3;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public BlockFormat forLargest(final float largest) {
    final double scale = largest / (ELEMENT.maxFinite() * SCALE.maxFinite());
    return scale > 0 ? new NvFp4((float) scale) : this;
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    final double largest = BlockFormat.largest(values, from, to);
    final double scale =
        (double) SCALE.round((float) (largest / ELEMENT.maxFinite() / tensorScale)) * tensorScale;
    for (int i = from; i < to; i++) {
      // A scale that rounds to zero leaves nothing; NaN stays.
      values[i] =
          scale == 0 ? 0 * values[i] : (float) (ELEMENT.round((float) (values[i] / scale)) * scale);
    }
  }

  @Override
  public double unitRoundoff() {
    return Math.scalb(1.0, -1 - ELEMENT.mantissaBits());
  }

  /**
   * Half the spacing of the subnormals at the largest scale that the block may get, and what the
   * rounding of a subnormal scale, or its saturation, takes from the largest element.
   */
  @Override
  public double absoluteError(final double largest) {
    final double wanted = largest / ELEMENT.maxFinite();
    final double half = SCALE.minSubnormal() / 2 * tensorScale;
    final double scale = wanted * (1 + Math.scalb(1.0, -1 - SCALE.mantissaBits())) + half;
    final double saturated = Math.max(0, wanted - SCALE.maxFinite() * tensorScale);
    return ELEMENT.minSubnormal() / 2 * scale + ELEMENT.maxFinite() * (half + saturated);
  }
}
