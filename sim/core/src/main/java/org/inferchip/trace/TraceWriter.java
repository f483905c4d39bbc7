package org.inferchip.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes {@code request-trace/1}, JSON lines or CSV. Read back, both give the requests of the
 * trace, row numbers apart: rows are then those of the file written. Fields at their defaults are
 * left out.
 */
public final class TraceWriter {
  private static final int NANO_DIGITS_OF_MILLI = 6;

  private TraceWriter() {}

  /** JSON lines with a header line. */
  public static String jsonLines(final Trace trace) {
    final StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
      header(json, trace);
      for (final Request request : trace.requests()) {
        row(json, request);
      }
      json.flush();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  /** CSV with the header object behind a {@code #} in the first line. */
  public static String csv(final Trace trace) {
    final StringWriter head = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(head)) {
      header(json, trace);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    final List<Map<String, String>> rows =
        trace.requests().stream().map(TraceWriter::cells).toList();
    final List<String> columns =
        NativeFields.CSV.stream()
            .filter(column -> rows.stream().anyMatch(row -> row.containsKey(column)))
            .toList();
    final StringBuilder text = new StringBuilder("# ").append(head).append('\n');
    text.append(String.join(",", columns)).append('\n');
    for (final Map<String, String> row : rows) {
      text.append(
          columns.stream()
              .map(column -> quoted(row.getOrDefault(column, "")))
              .collect(Collectors.joining(",")));
      text.append('\n');
    }
    return text.toString();
  }

  private static void header(final JsonGenerator json, final Trace trace) throws IOException {
    json.writeStartObject();
    json.writeStringField(NativeHeader.SCHEMA_KEY, TraceHeader.SCHEMA);
    json.writeStringField(NativeHeader.TIME_UNIT, "ms");
    json.writeNumberField(NativeHeader.BLOCK_SIZE, trace.scheme().blockTokens());
    json.writeStringField(NativeHeader.SCOPE, NativeHeader.key(trace.scheme().scope()));
    json.writeStringField(NativeHeader.PARTIAL, NativeHeader.key(trace.scheme().partial()));
    textUnlessEmpty(json, NativeHeader.TOKENIZER, trace.tokenizer());
    textUnlessEmpty(json, NativeHeader.SOURCE, trace.source());
    textUnlessEmpty(json, NativeHeader.LICENSE, trace.license());
    json.writeEndObject();
  }

  private static void textUnlessEmpty(final JsonGenerator json, final String key, final String text)
      throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(key, text);
    }
  }

  private static void row(final JsonGenerator json, final Request request) throws IOException {
    json.writeStartObject();
    for (final Map.Entry<String, Object> field : fields(request).entrySet()) {
      value(json, field.getKey(), field.getValue());
    }
    if (request.recordedTtftNanos() != Request.UNTIMED
        || request.recordedE2eNanos() != Request.UNTIMED) {
      json.writeObjectFieldStart(NativeFields.RECORDED);
      timeUnless(json, NativeFields.TTFT_JSON, request.recordedTtftNanos());
      timeUnless(json, NativeFields.E2E_JSON, request.recordedE2eNanos());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void value(final JsonGenerator json, final String key, final Object value)
      throws IOException {
    json.writeFieldName(key);
    if (value instanceof List<?> list) {
      json.writeStartArray();
      for (final Object one : list) {
        scalar(json, one);
      }
      json.writeEndArray();
    } else if (value instanceof BlockIds ids) {
      json.writeArray(ids.toArray(), 0, ids.size());
    } else {
      scalar(json, value);
    }
  }

  private static void scalar(final JsonGenerator json, final Object value) throws IOException {
    if (value instanceof String string) {
      json.writeString(string);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeNumber(plain(value));
    }
  }

  private static void timeUnless(final JsonGenerator json, final String key, final long nanos)
      throws IOException {
    if (nanos != Request.UNTIMED) {
      json.writeFieldName(key);
      json.writeNumber(millis(nanos));
    }
  }

  /** Fields that are not at their defaults, by their JSON names; {@code recorded} apart. */
  private static Map<String, Object> fields(final Request request) {
    final Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(NativeFields.ID, request.id());
    time(fields, NativeFields.TIME, request.arrivalNanos(), Request.UNTIMED);
    fields.put(NativeFields.INPUT, request.inputTokens());
    fields.put(NativeFields.OUTPUT, request.outputTokens());
    put(fields, NativeFields.MOST_OUTPUT, request.maxOutputTokens(), 0);
    put(fields, NativeFields.BLOCKS, request.blocks(), BlockIds.NONE);
    put(fields, NativeFields.PREFIX_LENGTH, request.prefixTokens(), 0);
    put(fields, NativeFields.PREFIX_GROUP, request.prefixGroup(), "");
    put(fields, NativeFields.SESSION, request.session(), "");
    put(fields, NativeFields.TURN, request.turn(), 0);
    if (!request.waitFor().isEmpty() || request.turn() > 0) {
      fields.put(NativeFields.WAIT_FOR, request.waitFor());
    }
    time(fields, NativeFields.DELAY_JSON, request.delayNanos(), 0);
    time(fields, NativeFields.TOOL_WAIT, request.toolWaitNanos(), 0);
    put(fields, NativeFields.RESET, request.prefixReset(), false);
    put(fields, NativeFields.MODEL, request.model(), "");
    put(fields, NativeFields.LORA, request.lora(), "");
    put(fields, NativeFields.PRIORITY, request.priority(), 0);
    put(fields, NativeFields.CLASS, request.sloClass(), Request.DEFAULT_CLASS);
    time(fields, NativeFields.DEADLINE, request.deadlineNanos(), Request.UNTIMED);
    time(fields, NativeFields.CANCEL, request.cancelAfterNanos(), Request.UNTIMED);
    put(fields, NativeFields.ACCEPTANCE, request.acceptance(), List.of());
    put(fields, NativeFields.SAMPLES, request.samples(), 1);
    put(fields, NativeFields.IMAGES, request.images(), 0);
    return fields;
  }

  private static Map<String, String> cells(final Request request) {
    final Map<String, String> cells = new LinkedHashMap<>();
    fields(request)
        .forEach(
            (key, value) ->
                cells.put(
                    key.equals(NativeFields.DELAY_JSON) ? NativeFields.DELAY_CSV : key,
                    cell(value)));
    if (request.recordedTtftNanos() != Request.UNTIMED) {
      cells.put(NativeFields.TTFT_CSV, millis(request.recordedTtftNanos()));
    }
    if (request.recordedE2eNanos() != Request.UNTIMED) {
      cells.put(NativeFields.E2E_CSV, millis(request.recordedE2eNanos()));
    }
    return cells;
  }

  private static String cell(final Object value) {
    if (value instanceof BlockIds ids) {
      return runs(ids);
    }
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? "-"
          : list.stream().map(TraceWriter::plain).collect(Collectors.joining(";"));
    }
    return value.toString();
  }

  /** Identifiers joined by {@code ;}, three and more in a row as {@code first-last}. */
  private static String runs(final BlockIds ids) {
    final StringBuilder text = new StringBuilder();
    final int least = 2;
    int i = 0;
    while (i < ids.size()) {
      int end = i;
      while (end + 1 < ids.size() && ids.get(end + 1) == ids.get(end) + 1) {
        end++;
      }
      final boolean run = end - i >= least && ids.get(i) >= 0;
      text.append(text.length() == 0 ? "" : ";").append(ids.get(i));
      if (run) {
        text.append('-').append(ids.get(end));
        i = end;
      }
      i++;
    }
    return text.toString();
  }

  private static String plain(final Object value) {
    return value instanceof Double number ? Decimal.text(number) : value.toString();
  }

  private static String quoted(final String cell) {
    return cell.indexOf(',') < 0 && cell.indexOf('"') < 0
        ? cell
        : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static void put(
      final Map<String, Object> fields, final String key, final Object value, final Object none) {
    if (!value.equals(none)) {
      fields.put(key, value);
    }
  }

  private static void time(
      final Map<String, Object> fields, final String key, final long nanos, final long none) {
    if (nanos != none) {
      fields.put(key, new BigDecimal(millis(nanos)));
    }
  }

  private static String millis(final long nanos) {
    final BigDecimal millis = BigDecimal.valueOf(nanos, NANO_DIGITS_OF_MILLI).stripTrailingZeros();
    return millis.scale() < 0 ? millis.setScale(0).toPlainString() : millis.toPlainString();
  }
}
