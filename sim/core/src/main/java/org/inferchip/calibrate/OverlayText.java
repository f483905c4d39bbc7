package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.InputFile;

/**
 * A calibration as an overlay file. It says where the values come from: tables with their digests,
 * rows, split, intervals, errors. It has no date: the same calibration has the same bytes.
 */
public final class OverlayText {
  private OverlayText() {}

  /**
   * The file's text.
   *
   * @param name of the overlay
   */
  public static String of(final String name, final CalibrationReport report) {
    final StringBuilder text = new StringBuilder();
    line(text, "name", name);
    line(
        text,
        "description",
        report.system() + " with " + report.stack() + ", calibrated on measured " + report.op());
    line(text, "system", report.system());
    line(text, "stack", report.stack());
    text.append("set:\n");
    report.parameters().forEach(one -> entry(text, one.path(), one.value()));
    text.append("provenance:\n");
    provenance(report).forEach((key, value) -> entry(text, key, value));
    return text.toString();
  }

  private static Map<String, String> provenance(final CalibrationReport report) {
    final Map<String, String> all = new LinkedHashMap<>();
    for (final InputFile table : report.tables()) {
      all.put("table " + Path.of(table.file()).getFileName(), "sha256 " + table.sha256());
    }
    all.put("rows", report.where().isEmpty() ? "all of the device" : report.where());
    all.put("fitted to", part(report.training()));
    all.put("scored on", part(report.scoring()) + ", none of them fitted to");
    all.put("split", "by site, seed " + report.seed());
    for (final CalibrationReport.Parameter one : report.parameters()) {
      all.put("95 % interval of " + one.path(), one.low() + " to " + one.high());
    }
    for (final CalibrationReport.Refused one : report.refused()) {
      all.put("not identified " + one.path(), one.reason());
    }
    for (final ErrorGroup tier : report.tiers()) {
      all.put("error, " + tier.key(), errors(tier));
    }
    if (!report.transferredFrom().isEmpty()) {
      all.put("transferred from", String.join(", ", report.transferredFrom()));
    }
    report.tiers().stream()
        .findFirst()
        .ifPresent(
            tier ->
                all.put(
                    "error, rooflines",
                    String.format(
                        Locale.ROOT,
                        "plain %.1f %%, calibrated on the same rows %.1f %%",
                        tier.rooflineMape(),
                        tier.calibratedRooflineMape().orElse(Double.NaN))));
    return all;
  }

  private static String part(final CalibrationReport.Part part) {
    return part.rows() + " rows of " + part.sites() + " sites";
  }

  private static String errors(final ErrorGroup tier) {
    return String.format(
        Locale.ROOT,
        "MAPE %.1f %%, median %.1f, p90 %.1f, bias %+.1f, total time %+.1f",
        tier.mape(),
        tier.median(),
        tier.p90(),
        tier.bias(),
        tier.totalBias());
  }

  private static void line(final StringBuilder text, final String key, final String value) {
    text.append(key).append(": ").append(quoted(value)).append('\n');
  }

  private static void entry(final StringBuilder text, final String key, final String value) {
    text.append("  ").append(quoted(key)).append(": ").append(quoted(value)).append('\n');
  }

  private static String quoted(final String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The name of an overlay by its file's name; empty if the file is no YAML file. */
  public static Optional<String> nameOf(final Path file) {
    final String name = file.getFileName() == null ? "" : file.getFileName().toString();
    return name.matches(".+\\.ya?ml")
        ? Optional.of(name.replaceFirst("\\.ya?ml$", ""))
        : Optional.empty();
  }
}
