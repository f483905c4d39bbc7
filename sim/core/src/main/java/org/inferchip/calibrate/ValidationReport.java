package org.inferchip.calibrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.InputFile;

/**
 * Predictions beside measurements.
 *
 * @param rows rows of all tables
 * @param skipped rows that were not predicted, by reason
 * @param groups errors by group, in order of first appearance
 * @param predictions every predicted number, in the order of the tables
 * @param violations laws that simulations broke, each after its place
 * @param tables what was read
 * @param files descriptions that the predictions rest on
 */
public record ValidationReport(
    int rows,
    Map<String, Integer> skipped,
    List<ErrorGroup> groups,
    List<Row> predictions,
    List<String> violations,
    List<InputFile> tables,
    List<InputFile> files) {
  /** In place of a limiter where a number is of many operators. */
  public static final String SEVERAL = "several";

  /**
   * One predicted number, in microseconds.
   *
   * @param file name of the table
   * @param line in the file
   * @param group key of its group
   * @param setUp what was measured on what
   * @param site weight matrix, heads or model
   * @param measured measured
   * @param predicted by simulation
   * @param limiter what holds the operator back: compute, memory, link, latency, or {@link
   *     #SEVERAL}
   * @param roofline by the plain roofline
   * @param calibrated by the roofline calibrated on other sites, where there are some
   */
  public record Row(
      String file,
      int line,
      String group,
      SetUp setUp,
      String site,
      double measured,
      double predicted,
      String limiter,
      double roofline,
      Optional<Double> calibrated) {}
}
