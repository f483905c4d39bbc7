package org.inferchip.numerics;

/**
 * GGUF q6_K: 256 elements in sixteen blocks of codes from -32 to 31, each with an eight-bit scale,
 * whose binary16 scale the 256 share. Scales bring the element of largest magnitude to -32; the
 * library searches for those of least error, and is a little closer.
 */
record SymmetricBlocks() implements BlockFormat {
  private static final int SIZE = 256;
  private static final int BLOCK = 16;
  private static final int LOW = -32;
  private static final int HIGH = 31;
  private static final int EIGHT_BITS = 127;

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    final int blocks = (to - from + BLOCK - 1) / BLOCK;
    final double[] scale = new double[blocks];
    double largest = 0;
    for (int b = 0; b < blocks; b++) {
      float extreme = 0;
      for (int i = from + b * BLOCK; i < Math.min(from + (b + 1) * BLOCK, to); i++) {
        if (!(Math.abs(values[i]) <= Math.abs(extreme))) {
          extreme = values[i];
        }
      }
      scale[b] = extreme / (double) LOW;
      largest = Math.max(largest, Math.abs(scale[b]));
    }
    final double unit = Minifloat.FP16.round((float) (largest / EIGHT_BITS));
    for (int i = from; i < to; i++) {
      final double wanted = scale[(i - from) / BLOCK];
      final double code = unit == 0 ? 0 * wanted : Math.rint(wanted / unit);
      final double step = unit * Math.max(-EIGHT_BITS, Math.min(EIGHT_BITS, code));
      final double x = step == 0 ? 0 * values[i] : Math.rint(values[i] / step);
      values[i] = (float) (Math.max(LOW, Math.min(HIGH, x)) * step);
    }
  }

  /** A whole step, and at the ends of the range what half a unit of the scale amounts to. */
  @Override
  public double absoluteError(final double largest) {
    final double step = largest / -LOW;
    final double unit = step / EIGHT_BITS;
    final double tiny = Minifloat.FP16.minSubnormal() / 2 * EIGHT_BITS * -LOW;
    return step + unit - LOW * unit + Math.scalb(1.0, -10) * largest + tiny;
  }
}
