package org.inferchip.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/** Tells a trace's format from its first line that is not blank: a CSV header or a JSON object. */
final class FormatDetector {
  private FormatDetector() {}

  static TraceFormat detect(final SourceText source) {
    int line = 0;
    while (source.lines().get(line).isBlank()) {
      line++;
    }
    final String first = source.lines().get(line).strip();
    if (first.startsWith("{")) {
      return ofJson(first, source.name(), line + 1);
    }
    if (first.startsWith("[")) {
      throw bad(source.name(), line + 1, "a JSON array", "JSON lines: one object a line");
    }
    if (first.startsWith("#") && first.contains(NativeHeader.SCHEMA_KEY)) {
      return TraceFormat.NATIVE_CSV;
    }
    return ofCsv(first, source.name(), line + 1);
  }

  private static TraceFormat ofJson(final String text, final String file, final int line) {
    final ReadLog log = new ReadLog(file);
    final JsonNode node = JsonLines.parse(text, line, log);
    log.throwIfAny();
    if (node.has(NativeHeader.SCHEMA_KEY)) {
      return TraceFormat.NATIVE_JSONL;
    }
    if (node.path(NativeFields.BLOCKS).isObject()) {
      return TraceFormat.RAGPULSE;
    }
    if (node.has(NativeFields.INPUT) || node.has(NativeFields.OUTPUT)) {
      return TraceFormat.MOONCAKE;
    }
    if (node.has("input_toks") || node.has("sub_requests")) {
      return TraceFormat.LLMSERVINGSIM;
    }
    if (node.has("requests") && node.has("block_size")) {
      final boolean compact = node.path("requests").path(0).has("lcp");
      return compact ? TraceFormat.WEKA_COMPACT : TraceFormat.WEKA;
    }
    if (node.has("round_index") && node.has("input_tokens_total")) {
      return TraceFormat.TRACELAB_ROUNDS;
    }
    throw bad(file, line, "an object of no known format", expected());
  }

  private static TraceFormat ofCsv(final String text, final String file, final int line) {
    final ReadLog log = new ReadLog(file);
    final Map<String, Integer> header = CsvLines.header(text, line, log);
    log.throwIfAny();
    final Set<String> columns = header.keySet();
    if (columns.contains("TIMESTAMP") || columns.contains("ContextTokens")) {
      return TraceFormat.AZURE;
    }
    if (columns.contains("num_prefill_tokens")) {
      return TraceFormat.VIDUR;
    }
    if (columns.contains("Request tokens")) {
      return TraceFormat.BURSTGPT;
    }
    if (columns.contains("round_idx")) {
      return TraceFormat.TRACELAB_CSV;
    }
    if (columns.contains(NativeFields.INPUT) || columns.contains(NativeFields.OUTPUT)) {
      return TraceFormat.NATIVE_CSV;
    }
    if (columns.contains("start_s") && columns.contains("cv")) {
      return TraceFormat.SERVEGEN;
    }
    final String near =
        Nearest.of(
            columns.iterator().next(),
            Set.of("TIMESTAMP", "num_prefill_tokens", "Timestamp", NativeFields.ID));
    throw new InvalidInputException(
        new Problem(
            file,
            line,
            0,
            "",
            "the format cannot be told from the first line",
            text.length() > 60 ? text.substring(0, 60) + "..." : text,
            expected(),
            near));
  }

  static String expected() {
    return "one of the formats " + String.join(", ", TraceFormat.readableKeys());
  }

  private static InvalidInputException bad(
      final String file, final int line, final String found, final String expected) {
    return new InvalidInputException(
        new Problem(
            file,
            line,
            0,
            "",
            "the format cannot be told from the first line",
            found,
            expected,
            ""));
  }
}
