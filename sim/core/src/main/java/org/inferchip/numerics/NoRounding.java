package org.inferchip.numerics;

/** Binary32 to itself. */
final class NoRounding implements Rounding {

  @Override
  public float round(final float x) {
    return x;
  }

  @Override
  public void round(final float[] values, final int from, final int to) {
    // Every float is a value of the format already.
  }
}
