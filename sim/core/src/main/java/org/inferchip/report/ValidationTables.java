package org.inferchip.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.calibrate.ErrorGroup;
import org.inferchip.calibrate.ValidationReport;
import org.inferchip.calibrate.ValidationReport.Row;

/** A validation as text: a CSV line a prediction, and a Markdown row a group. */
public final class ValidationTables {
  /** Head of a line of a prediction. */
  static final String COLUMNS =
      "file,line,chip,stack,device,op,format,framework,metric,site,limiter,measured_us,"
          + "predicted_us,roofline_us,calibrated_roofline_us";

  private ValidationTables() {}

  /** Every prediction as CSV; text fields are quoted. */
  public static String csv(final List<Row> rows) {
    final StringBuilder csv = new StringBuilder(COLUMNS).append('\n');
    rows.forEach(row -> csv.append(line(row)).append('\n'));
    return csv.toString();
  }

  /** The fields of {@link #COLUMNS}. */
  static String line(final Row row) {
    final StringBuilder csv = new StringBuilder();
    csv.append(quoted(row.file())).append(',').append(row.line()).append(',');
    for (final String text :
        List.of(
            row.setUp().chip(),
            row.setUp().stack(),
            row.setUp().device(),
            row.setUp().op(),
            row.setUp().format(),
            row.setUp().framework(),
            row.setUp().metric(),
            row.site(),
            row.limiter())) {
      csv.append(quoted(text)).append(',');
    }
    csv.append(Json.number(row.measured())).append(',');
    csv.append(Json.number(row.predicted())).append(',');
    csv.append(Json.number(row.roofline())).append(',');
    return csv.append(row.calibrated().map(Json::number).orElse("")).toString();
  }

  private static String quoted(final String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Groups and skipped rows as Markdown, errors in percent. */
  public static String markdown(final ValidationReport report) {
    final StringBuilder text =
        new StringBuilder(
            "| group | n | MAPE | median | p90 | bias | total time | plain roofline"
                + " | calibrated roofline | resolution |\n"
                + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (final ErrorGroup group : report.groups()) {
      text.append("| ").append(group.key()).append(" | ").append(group.n());
      for (final double value : List.of(group.mape(), group.median(), group.p90())) {
        text.append(" | ").append(one(value));
      }
      text.append(" | ").append(signed(group.bias())).append(" | ");
      text.append(signed(group.totalBias())).append(" | ").append(one(group.rooflineMape()));
      text.append(" | ")
          .append(group.calibratedRooflineMape().map(ValidationTables::one).orElse("-"));
      text.append(" | ").append(one(group.resolution())).append(" |\n");
    }
    skipped(text, report.skipped());
    return text.toString();
  }

  static void skipped(final StringBuilder text, final Map<String, Integer> skipped) {
    if (!skipped.isEmpty()) {
      text.append("\n| not predicted | rows |\n| --- | ---: |\n");
      skipped.forEach(
          (why, n) -> text.append("| ").append(why).append(" | ").append(n).append(" |\n"));
    }
  }

  static String one(final double percent) {
    return String.format(Locale.ROOT, "%.1f", percent);
  }

  static String signed(final double percent) {
    return String.format(Locale.ROOT, "%+.1f", percent);
  }
}
