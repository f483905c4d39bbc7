package org.inferchip.cli;

import java.util.Map;
import org.inferchip.trace.Trace;
import org.inferchip.trace.TraceStatistics;
import org.inferchip.trace.TraceWriter;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace convert}. */
@Command(
    name = "convert",
    description =
        "Writes a trace as request-trace/1, on standard output or under --out as trace.jsonl or"
            + " trace.csv.",
    footer = "  inferchip trace convert AzureLLMInferenceTrace_code.csv --thin 0.1 --out thinned")
final class TraceConvertCommand extends BaseCommand {
  /** Which form. */
  enum Form {
    JSONL,
    CSV
  }

  @Parameters(paramLabel = "TRACE", description = "Name or path of a trace.")
  private String trace;

  @Option(
      names = "--to",
      paramLabel = "FORM",
      defaultValue = "jsonl",
      description = "jsonl or csv (default: ${DEFAULT-VALUE}).")
  private Form form;

  @Mixin private TraceOptions options;

  @Override
  protected void check(final Problems problems) {
    options.check(problems);
  }

  @Override
  protected int run() {
    withFolder(
        folder -> {
          final Trace read = options.read(trace, common().seed());
          final String text =
              form == Form.CSV ? TraceWriter.csv(read) : TraceWriter.jsonLines(read);
          final Map<String, Object> json = TraceStatsCommand.json(read, TraceStatistics.of(read));
          if (folder == null) {
            result(json, text);
          } else {
            folder.write(form == Form.CSV ? "trace.csv" : "trace.jsonl", text);
            result(json, read.requests().size() + " requests");
          }
          read.drops().forEach(drop -> message("dropped: " + drop.reason() + ", " + drop.count()));
        });
    return ExitCode.DONE;
  }
}
