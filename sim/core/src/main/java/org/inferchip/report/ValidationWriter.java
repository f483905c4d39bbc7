package org.inferchip.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inferchip.arch.yaml.InputFile;
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
  private final int threads;

  /**
   * A writer.
   *
   * @param command that makes the result again
   * @param threads that draw charts
   */
  public ValidationWriter(final ResultFolder folder, final String command, final int threads) {
    this.folder = folder;
    this.charts = new ChartFiles(folder);
    this.command = command;
    this.threads = threads;
  }

  /** Writes all files. */
  public void write(final ValidationReport report) {
    folder.write("predictions.csv", ValidationTables.csv(report.predictions()));
    folder.write("index.html", page(report));
  }

  private String page(final ValidationReport report) {
    final StringBuilder html = new StringBuilder();
    html.append("<h1>Predicted against measured</h1>\n<p>").append(report.rows());
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
    skipped(html, report.skipped());
    charts(html, report);
    inputs(html, report.tables(), report.files());
    html.append(
        HtmlPage.reproduce(command, Build.current().version(), Build.current().revision(), ""));
    return HtmlPage.of("Inferchip: predicted against measured", html.toString());
  }

  private static void groups(final StringBuilder html, final ValidationReport report) {
    final HtmlTable table =
        HtmlTable.of(
            "A click on a header sorts.",
            "group",
            "n",
            "MAPE [%]",
            "median [%]",
            "p90 [%]",
            "bias [%]",
            "total time [%]",
            "plain roofline [%]",
            "calibrated roofline [%]",
            "resolution [%]");
    for (final ErrorGroup group : report.groups()) {
      table.row(
          group.key(),
          Figure.count(group.n()),
          error(group.mape()),
          error(group.median()),
          error(group.p90()),
          new Figure(ValidationTables.signed(group.bias()), group.bias()),
          new Figure(ValidationTables.signed(group.totalBias()), group.totalBias()),
          error(group.rooflineMape()),
          group.calibratedRooflineMape().map(ValidationWriter::error).orElse(Figure.text("–")),
          error(group.resolution()));
    }
    html.append("<h2>Errors</h2>\n").append(table.html());
  }

  private static Figure error(final double percent) {
    return new Figure(ValidationTables.one(percent), percent);
  }

  static void skipped(final StringBuilder html, final Map<String, Integer> skipped) {
    if (!skipped.isEmpty()) {
      final HtmlTable table = HtmlTable.of("", "reason", "rows");
      skipped.forEach((why, n) -> table.row(why, Figure.count(n)));
      html.append("<h2>Not predicted</h2>\n").append(table.html());
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
    final Map<String, Chart> drawn = new LinkedHashMap<>();
    int number = 0;
    for (final Map.Entry<String, List<Row>> group : groups.entrySet()) {
      final String name = String.format(java.util.Locale.ROOT, "%03d-", number++);
      final List<Row> rows = group.getValue();
      final String title = group.getKey() + " (" + rows.size() + ")";
      drawn.put(name + "correlation", ValidationCharts.correlation(title, rows));
      drawn.put(name + "error-by-size", ValidationCharts.errorBySize(title, rows));
    }
    html.append("<div class=\"charts\">\n");
    charts.write(drawn, threads).forEach(figure -> html.append(figure.html()));
    html.append("</div>\n");
  }

  static void inputs(
      final StringBuilder html, final List<InputFile> tables, final List<InputFile> files) {
    final HtmlTable table = HtmlTable.kind("hash", "file", "SHA-256");
    tables.forEach(file -> table.row(file.file(), file.sha256()));
    files.forEach(file -> table.row(file.file(), file.sha256()));
    html.append("<h2>Inputs</h2>\n").append(table.html());
  }
}
