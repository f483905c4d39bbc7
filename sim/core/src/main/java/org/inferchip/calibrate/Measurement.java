package org.inferchip.calibrate;

import java.util.function.Supplier;

/**
 * One measured number and what predicts it.
 *
 * @param file name of the table
 * @param line in the file, 1 is the header
 * @param setUp what was measured on what
 * @param site what a split into training and test rows keeps together
 * @param measured the measured number
 * @param roofline the same number by a roofline
 * @param prediction computes the predicted number; called once, on any thread
 */
record Measurement(
    String file,
    int line,
    SetUp setUp,
    String site,
    double measured,
    Roofline roofline,
    Supplier<Prediction> prediction) {

  static Measurement of(
      final MeasuredRow row,
      final SetUp setUp,
      final String site,
      final double measured,
      final Roofline roofline,
      final Supplier<Prediction> prediction) {
    return new Measurement(row.file(), row.line(), setUp, site, measured, roofline, prediction);
  }

  /** Size by the plain roofline: 1 us, 10 us, ... are the smallest of their class. */
  String size() {
    final double micros = roofline.plain();
    if (micros < 1) {
      return "<1us";
    }
    if (micros < 10) {
      return "1-10us";
    }
    if (micros < 100) {
      return "10-100us";
    }
    return micros < 1000 ? "100us-1ms" : ">1ms";
  }
}
