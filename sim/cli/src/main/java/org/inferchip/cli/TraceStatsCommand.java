package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inferchip.trace.Drop;
import org.inferchip.trace.Note;
import org.inferchip.trace.Spread;
import org.inferchip.trace.Trace;
import org.inferchip.trace.TraceStatistics;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code trace stats}. */
@Command(
    name = "stats",
    description = "Reads a trace and says what is in it, what was dropped and what is odd.",
    footer = "  inferchip trace stats AzureLLMInferenceTrace_conv.csv --window 0:1200 --json")
final class TraceStatsCommand extends BaseCommand {
  @Parameters(paramLabel = "TRACE", description = "Name or path of a trace.")
  private String trace;

  @Mixin private TraceOptions options;

  @Override
  protected void check(final Problems problems) {
    options.check(problems);
  }

  @Override
  protected int run() {
    final Trace read = options.read(trace, common().seed());
    final TraceStatistics statistics = TraceStatistics.of(read);
    result(json(read, statistics), summary(read, statistics), lengths(statistics), remarks(read));
    return ExitCode.DONE;
  }

  static Map<String, Object> json(final Trace read, final TraceStatistics statistics) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", read.name());
    json.put("format", read.format());
    json.put("sha256", read.sha256());
    json.put("rows_read", read.rowsRead());
    json.put("requests", read.requests().size());
    json.put("dropped", read.drops());
    json.put("input_tokens", read.inputTokens());
    json.put("output_tokens", read.outputTokens());
    json.put("notes", read.notes());
    json.put("block_tokens", read.scheme().blockTokens());
    json.put("input", statistics.inputTokens());
    json.put("output", statistics.outputTokens());
    json.put("span_s", statistics.spanSeconds());
    json.put("requests_per_s", statistics.requestsPerSecond());
    json.put("gap_cv", statistics.gapVariation());
    json.put("longest_gap_s", statistics.longestGapSeconds());
    json.put("distinct_arrivals", statistics.distinctArrivals());
    json.put("busiest_second", statistics.busiestSecond());
    json.put("sessions", statistics.sessions());
    json.put("followers", statistics.followers());
    json.put("blocks", statistics.blocks());
    json.put("unique_blocks", statistics.uniqueBlocks());
    json.put("reusable_blocks", statistics.reusableBlocks());
    return json;
  }

  private static Table summary(final Trace read, final TraceStatistics statistics) {
    final Table table = new Table().left(read.name()).right("");
    table.row("format", read.format());
    table.row("sha256", read.sha256());
    table.row("rows read", read.rowsRead());
    table.row("requests", read.requests().size());
    table.row("input tokens", read.inputTokens());
    table.row("output tokens", read.outputTokens());
    table.row("span [s]", statistics.spanSeconds());
    table.row("rate [1/s]", statistics.requestsPerSecond());
    table.row("variation of gaps", statistics.gapVariation());
    table.row("longest gap [s]", statistics.longestGapSeconds());
    table.row("most in one second", statistics.busiestSecond());
    if (statistics.sessions() > 0) {
      table.row("sessions", statistics.sessions());
      table.row("requests that follow others", statistics.followers());
    }
    if (statistics.blocks() > 0) {
      table.row("blocks of " + read.scheme().blockTokens() + " tokens", statistics.blocks());
      table.row("different ones", statistics.uniqueBlocks());
      table.row("reusable from an endless cache", statistics.reusableBlocks());
    }
    return table;
  }

  private static Table lengths(final TraceStatistics statistics) {
    final Table table = new Table().left("tokens");
    for (final String head :
        new String[] {
          "mean", "min", "p1", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "max"
        }) {
      table.right(head);
    }
    row(table, "input", statistics.inputTokens());
    row(table, "output", statistics.outputTokens());
    return table;
  }

  private static void row(final Table table, final String name, final Spread of) {
    table.row(
        name, of.mean(), of.min(), of.p1(), of.p10(), of.p25(), of.p50(), of.p75(), of.p90(),
        of.p95(), of.p99(), of.max());
  }

  private static Object remarks(final Trace read) {
    if (read.drops().isEmpty() && read.notes().isEmpty()) {
      return "Nothing was dropped, and nothing is odd.";
    }
    final Table table = new Table().left("remark").right("count").left("what");
    for (final Drop drop : read.drops()) {
      final String first = drop.firstLine() == 0 ? "" : ", the first at line " + drop.firstLine();
      table.row("dropped: " + drop.reason(), drop.count(), "rows" + first);
    }
    for (final Note note : read.notes()) {
      table.row(note.code(), note.count(), note.text());
    }
    return table;
  }
}
