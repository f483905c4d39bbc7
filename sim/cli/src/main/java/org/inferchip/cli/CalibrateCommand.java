package org.inferchip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.calibrate.Calibration;
import org.inferchip.calibrate.CalibrationReport;
import org.inferchip.calibrate.ErrorGroup;
import org.inferchip.calibrate.OverlayText;
import org.inferchip.calibrate.RowFilter;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code calibrate}. Here {@code --out} names the overlay file. */
@Command(
    name = "calibrate",
    description = {
      "Fits the free parameters that a system's stack declares to measured rows.",
      "Half of the sites (weight matrices, heads) are fitted, the other half is scored. What the",
      "rows do not identify is refused. --out FILE.yaml names the overlay that is written: its",
      "path stands for the calibrated system in every command."
    },
    footer =
        "  inferchip calibrate --data gemm.csv --system h100-sxm --where framework=vllm"
            + " --out vllm.yaml")
final class CalibrateCommand extends BaseCommand {
  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      required = true,
      split = ",",
      description = "Measurements, or a folder of them. May be given more than once.")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--system",
      paramLabel = "S",
      required = true,
      description = "The system or chip whose rows are fitted to.")
  private String system;

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE,..",
      split = ",",
      description =
          "Only these rows, as in validate --where. What is left must be of one operator and one"
              + " stack.")
  private List<String> where = new ArrayList<>();

  /** What is written is one file. */
  @Override
  protected void describe(final CommandSpec own) {
    final OptionSpec out = own.findOption("--out");
    own.remove(out);
    own.addOption(
        out.toBuilder()
            .paramLabel("FILE.yaml")
            .description("Write the overlay to this file.")
            .build());
  }

  @Override
  protected Optional<Path> folder() {
    return Optional.empty();
  }

  @Override
  protected void check(final Problems problems) {
    common()
        .out()
        .filter(file -> OverlayText.nameOf(file).isEmpty() || Files.isDirectory(file))
        .ifPresent(
            file ->
                problems.add(Checks.at("--out", "is no YAML file", file.toString(), "FILE.yaml")));
  }

  @Override
  protected int run() {
    final CalibrationReport report =
        new Calibration(
                Descriptions.here(), system, common().seed(), common().threads(), this::message)
            .run(data, RowFilter.parse(where));
    for (final CalibrationReport.Refused one : report.refused()) {
      message("refused: " + one.path() + ": " + one.reason());
    }
    final boolean fitted = !report.parameters().isEmpty();
    if (fitted) {
      common().out().ifPresent(file -> write(file, report));
    } else {
      message("nothing is written: the rows identify no parameter");
    }
    result(json(report), parameters(report), tiers(report));
    return fitted ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private void write(final Path file, final CalibrationReport report) {
    final String text = OverlayText.of(OverlayText.nameOf(file).orElseThrow(), report);
    final Path target = file.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      final Path made = Files.createTempFile(target.getParent(), ".overlay", ".tmp");
      try {
        Files.writeString(made, text);
        Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(made);
      }
    } catch (final IOException e) {
      throw new InvalidInputException(
          Problem.ofFile(file.toString(), "cannot be written (" + e.getMessage() + ")"));
    }
    message("wrote " + file);
  }

  private static Map<String, Object> json(final CalibrationReport report) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("system", report.system());
    json.put("stack", report.stack());
    json.put("op", report.op());
    json.put("where", report.where());
    json.put("seed", report.seed());
    json.put("parameters", report.parameters());
    json.put("refused", report.refused());
    json.put("before", report.tier(CalibrationReport.DESCRIBED).mape());
    json.put("after", report.tier(CalibrationReport.CALIBRATED).mape());
    json.put("training", report.training());
    json.put("scoring", report.scoring());
    json.put("tiers", report.tiers().stream().map(ValidateCommand::json).toList());
    json.put("transferred_from", report.transferredFrom());
    json.put("skipped", ValidateCommand.skippedJson(report.skipped()));
    json.put("tables", report.tables());
    json.put("files", report.files());
    return json;
  }

  private static Table parameters(final CalibrationReport report) {
    final Table table = new Table().left("parameter").right("value").right("low").right("high");
    for (final CalibrationReport.Parameter one : report.parameters()) {
      table.row(one.path(), one.value(), one.low(), one.high());
    }
    for (final CalibrationReport.Refused one : report.refused()) {
      table.row(one.path(), "not identified", null, null);
    }
    return table;
  }

  private static Table tiers(final CalibrationReport report) {
    final List<ErrorGroup> tiers = report.tiers();
    return ValidateCommand.groups("tier, on sites not fitted to", tiers);
  }
}
