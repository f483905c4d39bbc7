package org.inferchip.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inferchip.calibrate.ErrorGroup;
import org.inferchip.calibrate.ValidationReport;
import org.inferchip.calibrate.ValidationReport.Row;
import org.inferchip.report.chart.Chart;

/**
 * Writes the files of a validation: {@code predictions.csv}, two charts a group, and {@code
 * index.html}, which holds the charts and needs no network.
 */
public final class ValidationWriter {
  private static final String ALL = "all rows";

  private final ResultFolder folder;
  private final ChartFiles charts;
  private final String command;

  /**
   * A writer.
   *
   * @param command that makes the result again
   */
  public ValidationWriter(final ResultFolder folder, final String command) {
    this.folder = folder;
    this.charts = new ChartFiles(folder);
    this.command = command;
  }

  /** Writes all files. */
  public void write(final ValidationReport report) {
    folder.write("predictions.csv", ValidationTables.csv(report.predictions()));
    folder.write("index.html", page(report));
  }

  private String page(final ValidationReport report) {
    final StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head>");
    html.append("<meta charset=\"utf-8\"><title>Inferchip: predicted against measured</title>\n");
    html.append("<style>\n").append(Page.STYLE);
    html.append(".pair{display:grid;grid-template-columns:1fr 1fr;gap:1em}\n</style></head><body>");
    html.append("\n<h1>Predicted against measured</h1>\n<p>").append(report.rows());
    html.append(" rows read, ").append(report.predictions().size());
    html.append(
        " numbers predicted. Errors in percent of the measured number; positive: predicted");
    html.append(" too slow. The plain roofline is a lower bound; the calibrated one has a launch");
    html.append(" time and two efficiencies, fitted to rows of other sites of the same device,");
    html.append(" operator, format and software.</p>\n");
    report
        .violations()
        .forEach(v -> html.append("<p class=\"bad\">").append(Html.escape(v)).append("</p>\n"));
    groups(html, report);
    skipped(html, report);
    charts(html, report);
    inputs(html, report);
    html.append("<h2>Reproduce</h2>\n<p><code>").append(Html.escape(command));
    html.append("</code></p>\n<p class=\"note\">inferchip ").append(Build.current().version());
    html.append(", revision ").append(Html.escape(Build.current().revision()));
    return html.append("</p>\n</body></html>\n").toString();
  }

  private static void groups(final StringBuilder html, final ValidationReport report) {
    html.append("<h2>Errors</h2>\n<div class=\"scroll\"><table>\n");
    html.append(
        Html.header(
            "group",
            "n",
            "MAPE",
            "median",
            "p90",
            "bias",
            "total time",
            "plain roofline",
            "calibrated roofline"));
    for (final ErrorGroup group : report.groups()) {
      html.append(
          Html.row(
              group.key(),
              Integer.toString(group.n()),
              ValidationTables.one(group.mape()),
              ValidationTables.one(group.median()),
              ValidationTables.one(group.p90()),
              ValidationTables.signed(group.bias()),
              ValidationTables.signed(group.totalBias()),
              ValidationTables.one(group.rooflineMape()),
              group.calibratedRooflineMape().map(ValidationTables::one).orElse("–")));
    }
    html.append("</table></div>\n");
  }

  private static void skipped(final StringBuilder html, final ValidationReport report) {
    if (!report.skipped().isEmpty()) {
      html.append("<h2>Not predicted</h2>\n<div class=\"scroll\"><table>\n");
      html.append(Html.header("reason", "rows"));
      report.skipped().forEach((why, n) -> html.append(Html.row(why, Integer.toString(n))));
      html.append("</table></div>\n");
    }
  }

  private void charts(final StringBuilder html, final ValidationReport report) {
    if (report.predictions().isEmpty()) {
      return;
    }
    final Map<String, List<Row>> groups = new LinkedHashMap<>();
    groups.put(ALL, report.predictions());
    groups.putAll(
        report.predictions().stream()
            .collect(Collectors.groupingBy(Row::group, LinkedHashMap::new, Collectors.toList())));
    html.append("<h2>Charts</h2>\n<p class=\"note\">Marked by limiter: the largest lower bound if");
    html.append(" it explains half of the time, else latency (launch floors, waits).</p>\n");
    int number = 0;
    for (final Map.Entry<String, List<Row>> group : groups.entrySet()) {
      final String name = String.format(java.util.Locale.ROOT, "%03d-", number++);
      final String title = group.getKey() + " (" + group.getValue().size() + ")";
      html.append("<div class=\"pair\">");
      image(html, name + "correlation", ValidationCharts.correlation(title, group.getValue()));
      image(html, name + "error-by-size", ValidationCharts.errorBySize(title, group.getValue()));
      html.append("</div>\n");
    }
  }

  private void image(final StringBuilder html, final String name, final Chart chart) {
    html.append("<img alt=\"").append(name).append("\" src=\"");
    html.append(Html.image(charts.write(name, chart))).append("\">\n");
  }

  private static void inputs(final StringBuilder html, final ValidationReport report) {
    html.append("<h2>Inputs</h2>\n<div class=\"scroll\"><table class=\"hash\">\n");
    html.append(Html.header("file", "SHA-256"));
    report.tables().forEach(file -> html.append(Html.row(file.file(), file.sha256())));
    report.files().forEach(file -> html.append(Html.row(file.file(), file.sha256())));
    html.append("</table></div>\n");
  }
}
