package org.inferchip.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a CSV file by the names in its header. Fields may be quoted ({@code "a,""b"""}); a quoted
 * field does not go over the end of a line. A row with another number of fields than the header is
 * a problem.
 */
public final class CsvLines {
  private CsvLines() {}

  static void each(
      final SourceText source, final int headerLine, final ReadLog log, final Consumer<Row> sink) {
    final List<String> lines = source.lines();
    final Map<String, Integer> columns = header(lines.get(headerLine - 1), headerLine, log);
    int blank = 0;
    for (int i = headerLine; i < lines.size(); i++) {
      final String text = lines.get(i);
      if (text.isBlank()) {
        blank++;
        continue;
      }
      final List<String> fields = split(text);
      if (fields == null || fields.size() != columns.size()) {
        log.problem(
            i + 1,
            "",
            fields == null ? "a quote is not closed" : "wrong number of fields",
            fields == null ? text : Integer.toString(fields.size()),
            columns.size() + " fields, as in the header");
      } else {
        sink.accept(new CsvRow(columns, fields, i + 1, log));
      }
    }
    if (blank > 0) {
      log.note("blank_lines", blank, "blank lines were passed over");
    }
  }

  /** The column of each name. */
  static Map<String, Integer> header(final String line, final int number, final ReadLog log) {
    final Map<String, Integer> columns = new LinkedHashMap<>();
    final List<String> names = split(line);
    if (names == null) {
      log.problem(number, "", "a quote is not closed", line, "a header");
      return columns;
    }
    for (int i = 0; i < names.size(); i++) {
      final String name = names.get(i).strip();
      if (columns.put(name, i) != null) {
        log.problem(number, name, "the header names a column twice", name, "each name once");
      }
    }
    return columns;
  }

  /** The fields of a line; null where a quote is not closed. */
  public static List<String> split(final String line) {
    final List<String> fields = new ArrayList<>();
    if (line.indexOf('"') < 0) {
      int start = 0;
      for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', start)) {
        fields.add(line.substring(start, comma));
        start = comma + 1;
      }
      fields.add(line.substring(start));
      return fields;
    }
    final StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      final char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return quoted ? null : fields;
  }
}
