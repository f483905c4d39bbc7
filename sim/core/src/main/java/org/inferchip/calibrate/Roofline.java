package org.inferchip.calibrate;

/**
 * The usual roofline as a function of three parameters, in microseconds.
 *
 * <p>Plain, it has no launch time and both efficiencies are 1: a lower bound. Calibrated, its three
 * parameters are fitted to other rows of the same set-up; a mechanism that does not beat that has
 * explained nothing.
 */
@FunctionalInterface
interface Roofline {
  /**
   * The time.
   *
   * @param launchMicros added to each operator or step
   * @param compute share of the stated peak rate that is sustained
   * @param memory share of the stated bandwidth that is sustained
   */
  double micros(double launchMicros, double compute, double memory);

  /** The bound. */
  default double plain() {
    return micros(0, 1, 1);
  }

  /**
   * Of one operator: launch + max(operations / (compute x peak), bytes / (memory x bandwidth)).
   *
   * @param operations of the operator
   * @param peak operations a second
   * @param bytes compulsory ones
   * @param bandwidth bytes a second
   */
  static Roofline of(
      final double operations, final double peak, final double bytes, final double bandwidth) {
    final double computeMicros = operations / peak * 1e6;
    final double memoryMicros = bytes / bandwidth * 1e6;
    return (launch, compute, memory) ->
        launch + Math.max(computeMicros / compute, memoryMicros / memory);
  }
}
