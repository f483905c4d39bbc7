package org.inferchip.calibrate;

import java.util.function.DoubleSupplier;

/**
 * One measured number and what predicts it.
 *
 * @param line in the file, 1 is the header
 * @param chip name of the chip
 * @param device as the table spells it
 * @param op such as {@code gemm}
 * @param format of the inputs
 * @param framework as the table spells it
 * @param metric such as {@code latency}
 * @param site what a split into training and test rows keeps together
 * @param measured the measured number
 * @param roofline the same number by a roofline
 * @param prediction computes the predicted number; called once, on any thread
 */
record Measurement(
    int line,
    String chip,
    String device,
    String op,
    String format,
    String framework,
    String metric,
    String site,
    double measured,
    Roofline roofline,
    DoubleSupplier prediction) {

  /** Rows that one calibration is fitted to. */
  String calibrationKey() {
    return String.join("/", device, op, format, framework, metric);
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
