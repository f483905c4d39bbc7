package org.inferchip.calibrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.InputFile;

/**
 * Errors by tier of calibration, on rows that no calibration was fitted to: of operators on the
 * scored half of the sites, of what engines serve, which nothing is fitted to, on all.
 *
 * @param rows rows of all tables
 * @param skipped rows without tiers, by reason
 * @param groups of operators, by what their rows have in common, in order of first appearance
 * @param served groups of what engines serve
 * @param scored every scored row
 * @param tables what was read
 * @param files descriptions
 */
public record TierReport(
    int rows,
    Map<String, Integer> skipped,
    List<Group> groups,
    List<Group> served,
    List<TierRow> scored,
    List<InputFile> tables,
    List<InputFile> files) {

  /** Tiers in the order of what was known of the device. */
  public static final List<String> TIERS =
      List.of(
          CalibrationReport.DATASHEET,
          CalibrationReport.TRANSFERRED,
          CalibrationReport.DESCRIBED,
          CalibrationReport.CALIBRATED);

  /**
   * One row in one tier.
   *
   * @param tier its name
   * @param row with the tier's prediction
   */
  public record TierRow(String tier, ValidationReport.Row row) {}

  /**
   * One group of rows.
   *
   * @param key values that they have in common
   * @param tiers errors by tier; of the transferred tier only where there are other devices of the
   *     class
   */
  public record Group(String key, List<ErrorGroup> tiers) {
    /** The errors of a tier. */
    public Optional<ErrorGroup> tier(final String name) {
      return tiers.stream().filter(one -> one.key().equals(name)).findFirst();
    }
  }
}
