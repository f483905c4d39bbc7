package org.inferchip.arithmetic.analog;

import org.inferchip.numerics.CounterGenerator;

/**
 * Random numbers of cells: a function of the seed, what they are for, the crossbar, the draw and
 * the cell alone, so that any tile gets the same ones in any order and on any thread.
 *
 * <p>Normal numbers are quantiles of 24-bit uniform ones (no value beyond 5.3).
 */
public final class CellRandom {
  /** What numbers are for. */
  enum Use {
    PROGRAMMING,
    DRIFT,
    READING
  }

  private static final double HALF = 0x1p-25;

  private final CounterGenerator generator;
  private final long crossbar;

  /**
   * Random numbers of one crossbar.
   *
   * @param seed of all
   * @param crossbar number of the crossbar, below 2^56
   */
  public CellRandom(final long seed, final long crossbar) {
    generator = new CounterGenerator(seed ^ 0x616E_616C_6F67L);
    this.crossbar = crossbar;
  }

  /** A normal number of deviation 1. */
  double normal(final Use use, final int part, final int draw, final int cell) {
    return NormalQuantile.of(uniform(use, part, draw, cell));
  }

  /** A number between 0 and 1, neither of them. */
  double uniform(final Use use, final int part, final int draw, final int cell) {
    final long stream = (crossbar << 8) | (part << 2 | use.ordinal());
    return generator.uniform(stream, draw, cell) + HALF;
  }
}
