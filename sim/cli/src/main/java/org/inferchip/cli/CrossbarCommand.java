package org.inferchip.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.units.Problems;
import org.inferchip.verification.CrossbarCase;
import org.inferchip.verification.CrossbarCaseReader;
import org.inferchip.verification.CrossbarCheck;
import org.inferchip.verification.CrossbarVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code crossbar}: products of analog arrays against cases of another program. */
@Command(
    name = "crossbar",
    description = {
      "Runs products of analog crossbars and compares them with what their files say.",
      "Exact ones must agree to 1e-12, with resistive wires to 1e-8; of random ones, mean and",
      "deviation must lie within three standard errors."
    },
    footer = "  inferchip crossbar case.json")
final class CrossbarCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE.json", arity = "1..*", description = "Cases.")
  private List<Path> files;

  @Override
  protected int run() {
    final Problems problems = new Problems();
    final List<CrossbarCase> cases =
        files.stream()
            .flatMap(file -> problems.read(() -> CrossbarCaseReader.read(file)).stream())
            .toList();
    problems.throwIfAny();
    final List<CrossbarVerdict> verdicts = new ArrayList<>();
    try (Progress bar = progress("cases", cases.size())) {
      for (final CrossbarCase one : cases) {
        verdicts.add(CrossbarCheck.run(one, common().seed()));
        bar.advance(1);
      }
    }
    final boolean ok = verdicts.stream().allMatch(CrossbarVerdict::ok);
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "max_abs_error",
        verdicts.stream().mapToDouble(CrossbarVerdict::maxAbsError).max().orElse(0));
    json.put("ok", ok);
    json.put("cases", verdicts.stream().map(CrossbarCommand::json).toList());
    result(json, table(verdicts), unused(verdicts));
    return ok ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private static Map<String, Object> json(final CrossbarVerdict one) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", one.name());
    json.put("max_abs_error", one.maxAbsError());
    json.put("bound", one.bound());
    json.put("max_conductance_error", one.maxConductanceError());
    json.put("draws", one.draws());
    json.put("max_standard_errors", one.maxStandardErrors());
    json.put("deviation_ratio", one.deviationRatio());
    json.put("ok", one.ok());
    json.put("unused", one.unused());
    return json;
  }

  private static Table table(final List<CrossbarVerdict> verdicts) {
    final Table table =
        new Table()
            .left("case")
            .right("max abs error")
            .right("bound")
            .right("cells")
            .right("draws")
            .right("standard errors")
            .right("deviation ratio")
            .left("verdict");
    for (final CrossbarVerdict one : verdicts) {
      table.row(
          one.name(),
          exponent(one.maxAbsError()),
          exponent(one.bound()),
          exponent(one.maxConductanceError()),
          one.draws(),
          one.maxStandardErrors(),
          one.deviationRatio(),
          one.ok() ? "ok" : "WRONG");
    }
    return table;
  }

  private static String exponent(final double value) {
    return String.format(Locale.ROOT, "%.2e", value);
  }

  private static String unused(final List<CrossbarVerdict> verdicts) {
    final StringBuilder text = new StringBuilder();
    for (final CrossbarVerdict one : verdicts) {
      if (!one.unused().isEmpty()) {
        text.append(one.name()).append(": not used: ").append(one.unused()).append('\n');
      }
    }
    return text.toString();
  }
}
