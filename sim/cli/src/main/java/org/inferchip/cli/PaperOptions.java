package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.report.PaperTables;
import picocli.CommandLine.Option;

/** Options of commands that write tables for papers. */
final class PaperOptions {
  @Option(
      names = "--format",
      paramLabel = "md,latex",
      split = ",",
      hideParamSyntax = true,
      order = 10,
      description =
          "Write tables for papers too, below tables/: md for Markdown, latex for LaTeX with the"
              + " package booktabs.")
  private List<PaperTables.Form> forms = new ArrayList<>();

  List<PaperTables.Form> forms() {
    return forms;
  }
}
