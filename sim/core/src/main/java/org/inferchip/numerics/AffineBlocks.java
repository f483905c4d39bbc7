package org.inferchip.numerics;

/**
 * GGUF q4_K and q5_K: 256 elements in eight blocks, each with a six-bit scale and a six-bit
 * minimum, whose binary16 scales the 256 share: {@code x = d * scale * code - e * minimum}. Scale
 * and minimum span the block; the library searches for those of least error, and is a little
 * closer.
 *
 * @param bits of a code
 */
record AffineBlocks(int bits) implements BlockFormat {
  private static final int SIZE = 256;
  private static final int BLOCK = 32;
  private static final int SIX_BITS = 63;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    final int blocks = (to - from + BLOCK - 1) / BLOCK;
    final double[] scale = new double[blocks];
    final double[] minimum = new double[blocks];
    double largestScale = 0;
    double largestMinimum = 0;
    for (int b = 0; b < blocks; b++) {
      float low = 0;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = from + b * BLOCK; i < Math.min(from + (b + 1) * BLOCK, to); i++) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
      minimum[b] = -low;
      scale[b] = ((double) high - low) / top();
      largestScale = Math.max(largestScale, scale[b]);
      largestMinimum = Math.max(largestMinimum, minimum[b]);
    }
    final double d = Minifloat.FP16.round((float) (largestScale / SIX_BITS));
    final double e = Minifloat.FP16.round((float) (largestMinimum / SIX_BITS));
    for (int i = from; i < to; i++) {
      final int b = (i - from) / BLOCK;
      values[i] = (float) coded(values[i], d * code(scale[b], d), e * code(minimum[b], e));
    }
  }

  private int top() {
    return (1 << bits) - 1;
  }

  private static double code(final double value, final double unit) {
    return unit == 0 ? 0 * value : Math.min(SIX_BITS, Math.rint(value / unit));
  }

  private double coded(final double x, final double step, final double minimum) {
    final double code = step == 0 ? 0 * x : Math.rint((x + minimum) / step);
    return Math.max(0, Math.min(top(), code)) * step - minimum;
  }

  /**
   * Half a step, half a unit of the minimum, and at the top of the range what half a unit of the
   * scale amounts to; a binary16 unit of its own for both scales.
   */
  @Override
  public double absoluteError(final double largest) {
    final double step = 2 * largest / top();
    final double unit = step / SIX_BITS;
    final double minimum = largest / SIX_BITS;
    final double shared = Math.scalb(1.0, -10) * (top() * step + largest);
    final double tiny = Minifloat.FP16.minSubnormal() / 2 * SIX_BITS * (top() + 1);
    return (step + unit + minimum + top() * unit) / 2 + shared + tiny;
  }
}
