package org.inferchip.units;

/** The engine's unit of time: whole picoseconds. */
public final class Picoseconds {
  /** Of one second. */
  public static final double PER_SECOND = 1e12;

  private Picoseconds() {}

  /** Of some seconds, to the nearest. */
  public static long of(final double seconds) {
    return Math.round(seconds * PER_SECOND);
  }
}
