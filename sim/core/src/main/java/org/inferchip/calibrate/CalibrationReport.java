package org.inferchip.calibrate;

import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.InputFile;

/**
 * What a calibration found.
 *
 * @param system as it was named
 * @param stack the software
 * @param op what was measured
 * @param where which rows were taken
 * @param seed of the split and the bootstrap
 * @param training rows and sites that were fitted to
 * @param scoring rows and sites that were scored
 * @param parameters that were fitted
 * @param refused those that the data do not identify; they keep their described values
 * @param tiers errors on the scoring rows by tier: {@code datasheet} (free parameters at the
 *     typical values of the class), {@code transferred} (fitted to other devices of the class,
 *     where the tables have some), {@code described} (as the description stands), {@code
 *     calibrated}
 * @param transferredFrom devices that the transferred tier was fitted to
 * @param skipped rows that could not be predicted, by reason
 * @param tables what was read
 * @param files descriptions
 */
public record CalibrationReport(
    String system,
    String stack,
    String op,
    String where,
    long seed,
    Part training,
    Part scoring,
    List<Parameter> parameters,
    List<Refused> refused,
    List<ErrorGroup> tiers,
    List<String> transferredFrom,
    Map<String, Integer> skipped,
    List<InputFile> tables,
    List<InputFile> files) {

  /** Tier of the free parameters at the typical values of the class. */
  public static final String DATASHEET = "datasheet";

  /** Tier of a fit to other devices of the class. */
  public static final String TRANSFERRED = "transferred";

  /** Tier of a description as it stands. */
  public static final String DESCRIBED = "described";

  /** Tier of the fit. */
  public static final String CALIBRATED = "calibrated";

  /**
   * One side of the split.
   *
   * @param rows measured numbers
   * @param sites weight matrices, heads or models
   */
  public record Part(int rows, int sites) {}

  /**
   * A fitted parameter, values as a description spells them.
   *
   * @param path of keys in the system
   * @param value fitted
   * @param low low end of the 95 % interval
   * @param high high end
   */
  public record Parameter(String path, String value, String low, String high) {}

  /**
   * A parameter that was not fitted.
   *
   * @param path of keys in the system
   * @param reason why not
   */
  public record Refused(String path, String reason) {}

  /** The errors of a tier. */
  public ErrorGroup tier(final String name) {
    return tiers.stream().filter(one -> one.key().equals(name)).findFirst().orElseThrow();
  }
}
