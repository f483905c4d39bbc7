package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.calibrate.TierReport;

/** Writes the files of a validation by tiers: {@code tiers.csv} and {@code index.html}. */
public final class TierWriter {
  private final ResultFolder folder;
  private final String command;

  /**
   * A writer.
   *
   * @param command that makes the result again
   */
  public TierWriter(final ResultFolder folder, final String command) {
    this.folder = folder;
    this.command = command;
  }

  /** Writes all files. */
  public void write(final TierReport report) {
    folder.write("tiers.csv", TierTables.csv(report));
    folder.write("index.html", page(report));
  }

  private String page(final TierReport report) {
    final StringBuilder html = new StringBuilder("<h1>Predicted against measured, by tiers</h1>\n");
    html.append("<p>").append(report.rows());
    html.append(
        " rows read. Free parameters at values typical of the class (datasheet), from other");
    html.append(" devices or generations of the class (transferred), as described, and, of");
    html.append(" operators, fitted to other sites of the device (calibrated).</p>\n");
    for (final TierTables tiers : TierTables.values()) {
      if (!tiers.groups(report).isEmpty()) {
        html.append("<h2>").append(tiers == TierTables.SERVED ? "Serving" : "Operators");
        html.append("</h2>\n").append(table(tiers, report));
      }
    }
    ValidationWriter.skipped(html, report.skipped());
    ValidationWriter.inputs(html, report.tables(), report.files());
    html.append(
        HtmlPage.reproduce(command, Build.current().version(), Build.current().revision(), ""));
    return HtmlPage.of("Inferchip: predicted against measured, by tiers", html.toString());
  }

  private static String table(final TierTables tiers, final TierReport report) {
    final List<String> header = new ArrayList<>(List.of("group"));
    header.addAll(tiers.heads());
    final HtmlTable table = HtmlTable.of(tiers.title(), header.toArray(String[]::new));
    tiers.groups(report).forEach(group -> table.row(group.key(), tiers.cells(group)));
    return table.html();
  }
}
