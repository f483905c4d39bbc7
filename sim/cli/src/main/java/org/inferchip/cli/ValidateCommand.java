package org.inferchip.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.calibrate.ErrorGroup;
import org.inferchip.calibrate.GroupBy;
import org.inferchip.calibrate.RowFilter;
import org.inferchip.calibrate.TierReport;
import org.inferchip.calibrate.TierValidation;
import org.inferchip.calibrate.Validation;
import org.inferchip.calibrate.ValidationReport;
import org.inferchip.report.ResultFolder;
import org.inferchip.report.TierTables;
import org.inferchip.report.TierWriter;
import org.inferchip.report.ValidationTables;
import org.inferchip.report.ValidationWriter;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code validate}. */
@Command(
    name = "validate",
    description = {
      "Predicts every row of tables of measurements and scores the errors.",
      "Beside them, in percent too, stand those of the plain roofline and of a roofline calibrated",
      "on other sites. With --out, a page with charts and every prediction as CSV."
    },
    footer = "  inferchip validate --data gemm.csv --systems h100-sxm --by device,format,size")
final class ValidateCommand extends BaseCommand {
  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      required = true,
      split = ",",
      description =
          "Measurements, or a folder of them; what they are is known by the header. May be given"
              + " more than once.")
  private List<Path> data = new ArrayList<>();

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

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE,..",
      split = ",",
      description =
          "Only rows with these values: columns as in --by, or of the tables, which may be compared"
              + " with = != < <= > >=, as in n>=1024; roofline_us is the plain roofline's time.")
  private List<String> where = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How groups are printed: table, or md for Markdown (default: table).")
  private String format;

  @Option(
      names = "--tiers",
      description =
          "Calibrate each set-up on half of its sites, and score on the other half: with class"
              + " constants (datasheet), fitted to other devices (transferred), as described, and"
              + " calibrated. What engines serve is scored without a fit: with class constants,"
              + " with those of stacks of other generations, and as described. Takes minutes;"
              + " set-ups without free parameters are skipped.")
  private boolean tiers;

  private boolean lawBroken;
  private Progress bar = Progress.hidden();

  @Override
  protected void check(final Problems problems) {
    if (!List.of("table", "md").contains(format)) {
      problems.add(Checks.at("--format", "is no form of a table", format, "table or md"));
    }
  }

  @Override
  protected int run() {
    final List<GroupBy> columns = GroupBy.parse(by);
    withFolder(
        folder -> {
          if (tiers) {
            tiers(columns, folder);
          } else {
            validate(columns, folder);
          }
        });
    return lawBroken ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private void validate(final List<GroupBy> columns, final ResultFolder folder) {
    final ValidationReport report;
    try {
      report =
          new Validation(Descriptions.here(), systems, common().threads())
              .run(data, RowFilter.parse(where), columns, this::start);
    } finally {
      bar.close();
    }
    if (folder != null) {
      new ValidationWriter(folder, commandLine(), common().threads()).write(report);
    }
    lawBroken = !report.violations().isEmpty();
    report.violations().forEach(this::message);
    if ("md".equals(format)) {
      result(json(report), ValidationTables.markdown(report));
    } else {
      result(json(report), groups("group", report.groups()), skipped(report.skipped()));
    }
  }

  private void tiers(final List<GroupBy> columns, final ResultFolder folder) {
    final TierReport report;
    try {
      report =
          new TierValidation(
                  Descriptions.here(), systems, common().seed(), common().threads(), this::message)
              .run(data, RowFilter.parse(where), columns, this::start);
    } finally {
      bar.close();
    }
    if (folder != null) {
      new TierWriter(folder, commandLine()).write(report);
    }
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", report.rows());
    json.put("skipped", skippedJson(report.skipped()));
    json.put("groups", report.groups().stream().map(ValidateCommand::json).toList());
    json.put("served", report.served().stream().map(ValidateCommand::json).toList());
    json.put("tables", report.tables());
    json.put("files", report.files());
    if ("md".equals(format)) {
      result(json, TierTables.markdown(report));
    } else {
      result(
          json,
          Stream.concat(
                  Arrays.stream(TierTables.values())
                      .filter(one -> !one.groups(report).isEmpty())
                      .map(one -> tierTable(one, report)),
                  Stream.of(skipped(report.skipped())))
              .toArray(Table[]::new));
    }
  }

  private static Map<String, Object> json(final TierReport.Group group) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", group.key());
    json.put("tiers", group.tiers().stream().map(ValidateCommand::json).toList());
    return json;
  }

  private static Table tierTable(final TierTables tiers, final TierReport report) {
    final Table table = new Table().left(tiers.title());
    tiers.heads().forEach(table::right);
    for (final TierReport.Group group : tiers.groups(report)) {
      final List<Object> cells = new ArrayList<>(List.of(group.key()));
      cells.addAll(tiers.cells(group));
      table.row(cells.toArray());
    }
    return table;
  }

  private Runnable start(final int predictions) {
    bar = progress("validate", predictions);
    return () -> bar.advance(1);
  }

  private static Map<String, Object> json(final ValidationReport report) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", report.rows());
    json.put("skipped", skippedJson(report.skipped()));
    json.put("groups", report.groups().stream().map(ValidateCommand::json).toList());
    json.put("violations", report.violations());
    json.put("tables", report.tables());
    json.put("files", report.files());
    return json;
  }

  static List<Map<String, Object>> skippedJson(final Map<String, Integer> skipped) {
    final List<Map<String, Object>> list = new ArrayList<>();
    skipped.forEach(
        (reason, count) -> {
          final Map<String, Object> one = new LinkedHashMap<>();
          one.put("reason", reason);
          one.put("count", count);
          list.add(one);
        });
    return list;
  }

  static Map<String, Object> json(final ErrorGroup group) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", group.key());
    json.put("n", group.n());
    json.put("mape", group.mape());
    json.put("median", group.median());
    json.put("p90", group.p90());
    json.put("bias", group.bias());
    json.put("total_bias", group.totalBias());
    json.put("roofline_mape", group.rooflineMape());
    json.put("calibrated_roofline_mape", group.calibratedRooflineMape().orElse(null));
    json.put("resolution", group.resolution());
    return json;
  }

  static Table groups(final String head, final List<ErrorGroup> groups) {
    final Table table =
        new Table()
            .left(head)
            .right("n")
            .right("MAPE [%]")
            .right("median")
            .right("p90")
            .right("bias")
            .right("total time")
            .right("roofline")
            .right("calibrated roofline")
            .right("resolution");
    for (final ErrorGroup group : groups) {
      table.row(
          group.key(),
          group.n(),
          group.mape(),
          group.median(),
          group.p90(),
          group.bias(),
          group.totalBias(),
          group.rooflineMape(),
          group.calibratedRooflineMape().map(Object.class::cast).orElse("-"),
          group.resolution());
    }
    return table;
  }

  private static Table skipped(final Map<String, Integer> skipped) {
    final Table table = new Table().left("not predicted").right("rows");
    skipped.forEach(table::row);
    return table;
  }
}
