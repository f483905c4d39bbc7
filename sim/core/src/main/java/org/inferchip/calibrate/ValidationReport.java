package org.inferchip.calibrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.InputFile;

/**
 * Predictions beside measurements.
 *
 * @param rows rows of the file
 * @param skipped rows that were not predicted, by reason
 * @param groups errors by group, in order of first appearance
 * @param predictions every predicted number, in the order of the file
 * @param files descriptions that the predictions rest on
 */
public record ValidationReport(
    int rows,
    Map<String, Integer> skipped,
    List<ErrorGroup> groups,
    List<Row> predictions,
    List<InputFile> files) {

  /**
   * One predicted number, in microseconds.
   *
   * @param line in the file
   * @param device as the table spells it
   * @param op operator
   * @param format number format
   * @param framework software
   * @param metric what was measured
   * @param site weight matrix or model
   * @param measured measured
   * @param predicted by simulation
   * @param roofline by the plain roofline
   * @param calibrated by the roofline calibrated on other sites, where there are some
   */
  public record Row(
      int line,
      String device,
      String op,
      String format,
      String framework,
      String metric,
      String site,
      double measured,
      double predicted,
      double roofline,
      Optional<Double> calibrated) {}
}
