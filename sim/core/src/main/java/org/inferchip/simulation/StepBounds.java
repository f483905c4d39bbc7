package org.inferchip.simulation;

/**
 * Times that hold for every step within some {@link StepLimits}: proven, not observed.
 *
 * @param leastPicos no step takes less
 * @param mostPicos no step takes more, from its start until its tokens are delivered
 * @param mostIntervalPicos another step can start after no more
 */
public record StepBounds(long leastPicos, long mostPicos, long mostIntervalPicos) {
  /** Checks the order. */
  public StepBounds {
    if (leastPicos < 0 || mostPicos < leastPicos || mostIntervalPicos > mostPicos) {
      throw new IllegalArgumentException(
          leastPicos + ", " + mostPicos + ", " + mostIntervalPicos + " ps");
    }
  }
}
