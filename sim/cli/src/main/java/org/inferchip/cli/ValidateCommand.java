package org.inferchip.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.calibrate.ErrorGroup;
import org.inferchip.calibrate.GroupBy;
import org.inferchip.calibrate.Validation;
import org.inferchip.calibrate.ValidationReport;
import org.inferchip.report.Json;
import org.inferchip.report.ResultFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code validate}. */
@Command(
    name = "validate",
    description = {
      "Predicts every row of a table of measurements and scores the errors, in percent, beside",
      "those of the plain roofline and of a roofline calibrated on other sites."
    },
    footer = "  inferchip validate --data gemm.csv --systems h100-sxm --by device,format,size")
final class ValidateCommand extends BaseCommand {
  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      required = true,
      description = "Measurements; what they are is known by the header.")
  private Path data;

  @Option(
      names = "--systems",
      paramLabel = "A,B",
      split = ",",
      description = "Only rows of these (default: every device that has a description).")
  private List<String> systems = new ArrayList<>();

  @Option(
      names = "--by",
      paramLabel = "COLUMN,..",
      defaultValue = "device,format",
      description =
          "Groups: device, op, format, framework, stack, size, metric (default: ${DEFAULT-VALUE}).")
  private String by;

  private Progress bar = Progress.hidden();

  @Override
  protected int run() {
    final List<GroupBy> columns = GroupBy.parse(by);
    withFolder(folder -> validate(columns, folder));
    return ExitCode.DONE;
  }

  private void validate(final List<GroupBy> columns, final ResultFolder folder) {
    final ValidationReport report;
    try {
      report =
          new Validation(Descriptions.here(), systems, common().threads())
              .run(data, columns, this::start);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      bar.close();
    }
    if (folder != null) {
      folder.write("predictions.csv", csv(report.predictions()));
    }
    result(json(report), groups(report.groups()), skipped(report));
  }

  private Runnable start(final int predictions) {
    bar = progress("validate", predictions);
    return () -> bar.advance(1);
  }

  private static Map<String, Object> json(final ValidationReport report) {
    final List<Map<String, Object>> skipped = new ArrayList<>();
    report
        .skipped()
        .forEach((reason, count) -> skipped.add(Map.of("reason", reason, "count", count)));
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", report.rows());
    json.put("skipped", skipped);
    json.put("groups", report.groups().stream().map(ValidateCommand::json).toList());
    json.put("files", report.files());
    return json;
  }

  private static Map<String, Object> json(final ErrorGroup group) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", group.key());
    json.put("n", group.n());
    json.put("mape", group.mape());
    json.put("median", group.median());
    json.put("p90", group.p90());
    json.put("bias", group.bias());
    json.put("roofline_mape", group.rooflineMape());
    json.put("calibrated_roofline_mape", group.calibratedRooflineMape().orElse(null));
    return json;
  }

  private static Table groups(final List<ErrorGroup> groups) {
    final Table table =
        new Table()
            .left("group")
            .right("n")
            .right("MAPE [%]")
            .right("median")
            .right("p90")
            .right("bias")
            .right("roofline")
            .right("calibrated roofline");
    for (final ErrorGroup group : groups) {
      table.row(
          group.key(),
          group.n(),
          group.mape(),
          group.median(),
          group.p90(),
          group.bias(),
          group.rooflineMape(),
          group.calibratedRooflineMape().map(Object.class::cast).orElse("-"));
    }
    return table;
  }

  private static Table skipped(final ValidationReport report) {
    final Table table = new Table().left("not predicted").right("rows");
    report.skipped().forEach(table::row);
    return table;
  }

  private static String csv(final List<ValidationReport.Row> rows) {
    final StringBuilder csv =
        new StringBuilder(
            "line,device,op,format,framework,metric,site,measured_us,predicted_us,roofline_us,"
                + "calibrated_roofline_us\n");
    for (final ValidationReport.Row row : rows) {
      csv.append(row.line()).append(',');
      for (final String text :
          List.of(
              row.device(), row.op(), row.format(), row.framework(), row.metric(), row.site())) {
        csv.append('"').append(text.replace("\"", "\"\"")).append("\",");
      }
      csv.append(Json.number(row.measured())).append(',');
      csv.append(Json.number(row.predicted())).append(',');
      csv.append(Json.number(row.roofline())).append(',');
      csv.append(row.calibrated().map(Json::number).orElse(""));
      csv.append('\n');
    }
    return csv.toString();
  }
}
