package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.trace.SynthSpec;
import org.inferchip.trace.Synthesis;
import org.inferchip.trace.Trace;
import org.inferchip.trace.TraceStatistics;
import org.inferchip.trace.TraceWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace synth}. */
@Command(
    name = "synth",
    description =
        "Draws a trace from a specification, on standard output or under --out as NAME.jsonl.",
    footer = "  inferchip trace synth chat-azure-like --set requests=100 --seed 7 --out chat")
final class TraceSynthCommand extends BaseCommand {
  @Parameters(
      paramLabel = "SPEC",
      description = "Name or path of a specification (YAML), such as chat-azure-like.")
  private String specification;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a key of the specification, such as arrivals=poisson:2; repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Override
  protected int run() {
    withFolder(
        folder -> {
          final SynthSpec spec =
              Descriptions.here()
                  .read(SynthSpec.KIND, specification, Overrides.parse(overrides))
                  .value();
          final Trace drawn = new Synthesis(spec, specification).draw(common().seed());
          final String text = TraceWriter.jsonLines(drawn);
          final Map<String, Object> json = TraceStatsCommand.json(drawn, TraceStatistics.of(drawn));
          if (folder == null) {
            result(json, text);
          } else {
            folder.write(spec.name() + ".jsonl", text);
            result(json, drawn.requests().size() + " requests");
          }
        });
    return ExitCode.DONE;
  }
}
