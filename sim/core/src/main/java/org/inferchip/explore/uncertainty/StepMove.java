package org.inferchip.explore.uncertainty;

import org.inferchip.simulation.StepProfile;

/**
 * By which factors a typical step's time and joules by component move, in logarithms.
 *
 * @param time of the step
 * @param joules above idle, by component
 */
record StepMove(double time, double[] joules) {

  static StepMove between(final StepProfile before, final StepProfile after) {
    final double[] from = Parts.of(before.energy());
    final double[] to = Parts.of(after.energy());
    final double[] joules = new double[from.length];
    for (int i = 0; i < joules.length; i++) {
      joules[i] = from[i] > 0 && to[i] > 0 ? StrictMath.log(to[i] / from[i]) : 0;
    }
    return new StepMove(
        StrictMath.log((double) after.latencyPicos() / before.latencyPicos()), joules);
  }

  /** This and a share of another, one after the other. */
  StepMove plus(final StepMove other, final double share) {
    final double[] sum = joules.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += share * other.joules[i];
    }
    return new StepMove(time + share * other.time, sum);
  }

  /** This with the time stretched too: the busy floor lasts as long. */
  StepMove stretched(final double factor) {
    final double[] longer = joules.clone();
    longer[Parts.busyFloor()] += StrictMath.log(factor);
    return new StepMove(time + StrictMath.log(factor), longer);
  }
}
