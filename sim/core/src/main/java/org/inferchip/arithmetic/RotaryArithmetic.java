package org.inferchip.arithmetic;

import org.inferchip.program.Task;

/**
 * Rotary position embedding of adjacent pairs. Sines and cosines are those of binary64 rounded to
 * binary32, as tables made beforehand would hold.
 */
final class RotaryArithmetic {
  private final double theta;

  RotaryArithmetic(final double theta) {
    this.theta = theta;
  }

  /** The angle of a pair of a head at a position. */
  static double angle(
      final double theta, final double position, final int pair, final int headDim) {
    return position * StrictMath.pow(theta, -2.0 * pair / headDim);
  }

  void rotate(final Task task, final Slot a, final Slot positions, final float[] to) {
    final int head = task.arg0;
    if (head < 2 || head % 2 != 0 || task.n % head != 0) {
      throw new ScheduleFault(task.n + " columns are no heads of " + head);
    }
    for (int r = 0; r < task.m; r++) {
      for (int pair = 0; pair < head / 2; pair++) {
        final double angle = angle(theta, positions.get(r), pair, head);
        final float cos = (float) StrictMath.cos(angle);
        final float sin = (float) StrictMath.sin(angle);
        for (int c = 2 * pair; c < task.n; c += head) {
          final float x = a.get((task.row + r) * task.n + c);
          final float y = a.get((task.row + r) * task.n + c + 1);
          to[r * task.n + c] = x * cos - y * sin;
          to[r * task.n + c + 1] = x * sin + y * cos;
        }
      }
    }
  }
}
