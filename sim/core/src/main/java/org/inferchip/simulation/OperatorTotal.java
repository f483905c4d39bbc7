package org.inferchip.simulation;

/**
 * What one operator did over a run.
 *
 * @param name the operator
 * @param calls runs, in fractions where steps were interpolated
 * @param seconds device time with launch floors
 * @param launchSeconds launch floors in it
 * @param boundSeconds lower bound of it
 * @param joules above idle, all devices
 * @param macs multiply-accumulates, all devices
 * @param memoryBytes traffic of external memory, or of shared memory on chips without one; all
 *     devices
 */
public record OperatorTotal(
    String name,
    double calls,
    double seconds,
    double launchSeconds,
    double boundSeconds,
    double joules,
    double macs,
    double memoryBytes) {

  /** Both together, under the name of this one. */
  public OperatorTotal plus(final OperatorTotal o) {
    return new OperatorTotal(
        name,
        calls + o.calls,
        seconds + o.seconds,
        launchSeconds + o.launchSeconds,
        boundSeconds + o.boundSeconds,
        joules + o.joules,
        macs + o.macs,
        memoryBytes + o.memoryBytes);
  }
}
