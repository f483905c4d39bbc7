package org.inferchip.calibrate;

/**
 * What was measured, by the table's own words, and what it is here.
 *
 * @param chip name of the chip's description
 * @param stack name of the software's description
 * @param device as the table spells it
 * @param op such as {@code gemm}
 * @param format of the inputs, as the table spells it
 * @param framework as the table spells it
 * @param metric such as {@code latency}
 */
public record SetUp(
    String chip,
    String stack,
    String device,
    String op,
    String format,
    String framework,
    String metric) {
  /** The operator of what an engine serves. */
  static final String SERVING = "serving";

  /** The same, of which another number was measured. */
  SetUp of(final String otherMetric) {
    return new SetUp(chip, stack, device, op, format, framework, otherMetric);
  }

  /** Whether it is a number of requests that an engine served. */
  boolean served() {
    return SERVING.equals(op);
  }

  /** Rows that one calibration of the roofline is fitted to. */
  String calibrationKey() {
    return String.join("/", device, op, format, framework, metric);
  }
}
