package org.inferchip.trace;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.inferchip.units.Problem;

/** Parses JSON lines: one object a line, blank lines counted, problems with line and column. */
final class JsonLines {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  /** Takes a row. */
  interface Sink {
    void accept(JsonNode node, int line);
  }

  private JsonLines() {}

  static void each(
      final SourceText source, final int fromLine, final ReadLog log, final Sink sink) {
    int blank = 0;
    for (int i = fromLine - 1; i < source.lines().size(); i++) {
      final String text = source.lines().get(i);
      if (text.isBlank()) {
        blank++;
        continue;
      }
      final JsonNode node = parse(text, i + 1, log);
      if (node != null) {
        sink.accept(node, i + 1);
      }
    }
    if (blank > 0) {
      log.note("blank_lines", blank, "blank lines were passed over");
    }
  }

  /** The object of a line; null, with the problem logged, where there is none. */
  static JsonNode parse(final String text, final int line, final ReadLog log) {
    try {
      final JsonNode node = MAPPER.readTree(text);
      if (node.isObject()) {
        return node;
      }
      log.problem(line, "", "not a JSON object", text, "one object a line");
    } catch (final JsonProcessingException e) {
      final JsonLocation at = e.getLocation();
      log.problem(
          new Problem(
              log.file(),
              line,
              at == null ? 0 : Math.max(0, at.getColumnNr()),
              "",
              "not valid JSON: " + firstLine(e.getOriginalMessage()),
              "",
              "one JSON object a line",
              ""));
    }
    return null;
  }

  private static String firstLine(final String text) {
    return text.lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
  }
}
