package org.inferchip.calibrate;

/**
 * A measurement with its predictions, all in the measurement's unit.
 *
 * @param measurement the row
 * @param prediction by simulation
 * @param roofline by the plain roofline
 * @param calibrated by a roofline fitted to rows of other sites of the same set-up; NaN where there
 *     are none
 */
record Scored(Measurement measurement, Prediction prediction, double roofline, double calibrated) {

  double measured() {
    return measurement.measured();
  }

  double predicted() {
    return prediction.value();
  }

  /** Relative error of the simulation; positive: too slow. */
  double error() {
    return predicted() / measured() - 1;
  }

  double rooflineError() {
    return roofline / measured() - 1;
  }

  double calibratedError() {
    return calibrated / measured() - 1;
  }
}
