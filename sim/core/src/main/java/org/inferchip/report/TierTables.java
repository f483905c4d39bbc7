package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.calibrate.CalibrationReport;
import org.inferchip.calibrate.ErrorGroup;
import org.inferchip.calibrate.TierReport;

/**
 * Errors by tier as text. Of operators these are mean absolute errors, of what engines serve, which
 * stands apart, medians and means.
 */
public enum TierTables {
  /** Operators, calibrated on half of their sites. */
  OPERATORS("operators: mean error [%] on sites not fitted to", TierReport.TIERS),
  /** What engines serve, to which nothing is fitted. */
  SERVED(
      "serving: median / mean error [%]",
      TierReport.TIERS.stream()
          .filter(tier -> !tier.equals(CalibrationReport.CALIBRATED))
          .toList());

  private final String title;
  private final List<String> tiers;

  TierTables(final String title, final List<String> tiers) {
    this.title = title;
    this.tiers = tiers;
  }

  /** The head of the column of groups. */
  public String title() {
    return title;
  }

  /** The groups of a report. */
  public List<TierReport.Group> groups(final TierReport report) {
    return this == OPERATORS ? report.groups() : report.served();
  }

  /** Heads of all columns but that of groups. */
  public List<String> heads() {
    final List<String> heads = new ArrayList<>(List.of("n"));
    heads.addAll(tiers);
    heads.addAll(List.of("plain roofline", "calibrated roofline"));
    return heads;
  }

  /** A row of that table, without the group's key. */
  public List<String> cells(final TierReport.Group group) {
    final ErrorGroup described = group.tier(CalibrationReport.DESCRIBED).orElseThrow();
    final List<String> cells = new ArrayList<>(List.of(Integer.toString(described.n())));
    for (final String tier : tiers) {
      cells.add(group.tier(tier).map(one -> error(one, described.n())).orElse("-"));
    }
    cells.add(ValidationTables.one(described.rooflineMape()));
    cells.add(described.calibratedRooflineMape().map(ValidationTables::one).orElse("-"));
    return cells;
  }

  /** The error of a tier; with its rows where they are not those of the group. */
  private String error(final ErrorGroup tier, final int all) {
    final String mean = ValidationTables.one(tier.mape());
    return (this == SERVED ? ValidationTables.one(tier.median()) + " / " + mean : mean)
        + (tier.n() == all ? "" : " (" + tier.n() + ")");
  }

  /** Both tables, where they have rows, and skipped rows as Markdown. */
  public static String markdown(final TierReport report) {
    final StringBuilder text = new StringBuilder();
    for (final TierTables table : values()) {
      if (!table.groups(report).isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n").append(table.table(report));
      }
    }
    ValidationTables.skipped(text, report.skipped());
    return text.toString();
  }

  private String table(final TierReport report) {
    final StringBuilder text = new StringBuilder("| ");
    text.append(this == SERVED ? "served, median / mean" : "measured").append(" | ");
    text.append(String.join(" | ", heads())).append(" |\n| --- |");
    text.append(" ---: |".repeat(heads().size())).append('\n');
    for (final TierReport.Group group : groups(report)) {
      text.append("| ").append(group.key()).append(" | ");
      text.append(String.join(" | ", cells(group))).append(" |\n");
    }
    return text.toString();
  }

  /** Every scored row as CSV, its tier in front. */
  static String csv(final TierReport report) {
    final StringBuilder csv = new StringBuilder("tier," + ValidationTables.COLUMNS + '\n');
    for (final TierReport.TierRow one : report.scored()) {
      csv.append(one.tier()).append(',').append(ValidationTables.line(one.row())).append('\n');
    }
    return csv.toString();
  }
}
