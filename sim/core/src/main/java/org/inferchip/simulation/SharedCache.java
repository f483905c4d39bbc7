package org.inferchip.simulation;

import org.inferchip.arch.Chip;
import org.inferchip.arch.SharedMemory.Managed;

/**
 * What a hardware cache still has of a tensor some bytes after it was written, if it replaces any
 * line:
 *
 * <pre>
 *   x = bytes / usable capacity
 *   h = 1 where x &lt;= 1, else the root below 1 of h = exp(-(1 - h) x)
 * </pre>
 *
 * Nothing on chips without such a cache.
 *
 * @param usable bytes
 */
public record SharedCache(double usable) {
  private static final int STEPS = 60;

  /** That of a chip. */
  public static SharedCache of(final Chip chip) {
    return new SharedCache(
        chip.shared()
            .filter(one -> one.managed() == Managed.HARDWARE)
            .map(one -> one.capacity() * one.usable())
            .orElse(0.0));
  }

  /** Share that is kept after so many bytes, its own among them. */
  public double kept(final double bytes) {
    if (usable == 0) {
      return 0;
    }
    final double x = bytes / usable;
    if (x <= 1) {
      return 1;
    }
    double share = 0;
    for (int i = 0; i < STEPS; i++) {
      share = StrictMath.exp(-(1 - share) * x);
    }
    return share;
  }
}
