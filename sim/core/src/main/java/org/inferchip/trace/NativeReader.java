package org.inferchip.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/**
 * Reads {@code request-trace/1}, JSON lines or CSV, and Mooncake's JSON lines, which are the same
 * rows without a header. Under a header unknown keys are problems; without one they are notes,
 * since Mooncake's derivatives add keys of their own.
 */
final class NativeReader implements RowReader {
  private final TraceFormat format;

  NativeReader(final TraceFormat format) {
    this.format = format;
  }

  @Override
  public void read(final SourceText source, final Collected to) {
    final int first = NativeHeader.firstRow(source, to);
    if (format == TraceFormat.NATIVE_CSV) {
      checkColumns(source, first, to.log);
      CsvLines.each(source, first, to.log, row -> readRow(row, to));
      return;
    }
    JsonLines.each(
        source,
        first,
        to.log,
        (node, line) -> {
          final JsonRow row = new JsonRow(node, line, to.log);
          checkKeys(row, first > 1);
          readRow(row, to);
        });
    if (format == TraceFormat.MOONCAKE) {
      noteQuantised(to);
    }
  }

  private static void checkColumns(final SourceText source, final int line, final ReadLog log) {
    if (line <= source.lines().size()) {
      CsvLines.header(source.lines().get(line - 1), line, log)
          .keySet()
          .forEach(column -> checkKnown(column, NativeFields.CSV, line, log));
    }
  }

  private static void checkKeys(final JsonRow row, final boolean strict) {
    if (strict) {
      row.keys().forEach(key -> checkKnown(key, NativeFields.JSON, row.line(), row.log()));
    } else {
      row.noteUnused(NativeFields.JSON);
    }
  }

  private static void checkKnown(
      final String key, final Set<String> known, final int line, final ReadLog log) {
    if (!known.contains(key)) {
      log.problem(
          new Problem(
              log.file(),
              line,
              0,
              key,
              "unknown field",
              key,
              "a field of " + TraceHeader.SCHEMA,
              Nearest.of(key, known)));
    }
  }

  private void readRow(final Row row, final Collected to) {
    final Draft draft = to.next(row.line());
    draft.id = text(row, NativeFields.ID, draft.id);
    final boolean hasLengths = row.lengths(draft, NativeFields.INPUT, NativeFields.OUTPUT);
    draft.maxOutputTokens = row.count(NativeFields.MOST_OUTPUT, 0);
    readOrder(row, draft);
    readPrefix(row, draft, to.header.scheme(), hasLengths);
    readService(row, draft);
    readRecorded(row, draft);
    to.take(row, draft, hasLengths);
  }

  private void readOrder(final Row row, final Draft draft) {
    draft.arrivalNanos = row.nanos(NativeFields.TIME, Row.MILLISECONDS, Request.UNTIMED);
    draft.session = text(row, NativeFields.SESSION, "");
    draft.turn = row.count(NativeFields.TURN, 0);
    final List<String> waits = row.names(NativeFields.WAIT_FOR);
    draft.waitFor = waits == null ? List.of() : waits;
    draft.waitsForTurn = waits == null && draft.turn > 0 && !draft.session.isEmpty();
    final String delay =
        format == TraceFormat.NATIVE_CSV ? NativeFields.DELAY_CSV : NativeFields.DELAY_JSON;
    draft.delayNanos = row.nanos(delay, Row.MILLISECONDS, 0);
    draft.toolWaitNanos = row.nanos(NativeFields.TOOL_WAIT, Row.MILLISECONDS, 0);
    if (!row.isBad() && draft.waitFor.contains(draft.id)) {
      row.bad(NativeFields.WAIT_FOR, "waits for itself", draft.id, "another request");
    }
  }

  private void readPrefix(
      final Row row, final Draft draft, final BlockScheme scheme, final boolean hasLengths) {
    draft.prefixReset = row.flag(NativeFields.RESET, false);
    draft.prefixGroup = text(row, NativeFields.PREFIX_GROUP, "");
    draft.prefixTokens =
        row.has(NativeFields.PREFIX_LENGTH) ? row.tokens(NativeFields.PREFIX_LENGTH) : 0;
    draft.blocks = row.blockIds(NativeFields.BLOCKS);
    if (!hasLengths || row.isBad()) {
      return;
    }
    if (draft.prefixTokens > draft.inputTokens) {
      row.bad(
          NativeFields.PREFIX_LENGTH,
          "longer than the prompt",
          Integer.toString(draft.prefixTokens),
          "at most " + draft.inputTokens);
    }
    final int due = scheme.idsOf(draft.inputTokens);
    final int found = draft.blocks.size();
    final String counted = "line " + row.line() + ": " + found + " identifiers for " + due;
    if (found > due) {
      row.bad(
          NativeFields.BLOCKS,
          "more identifiers than the prompt has blocks of " + scheme.blockTokens() + " tokens",
          Integer.toString(found),
          Integer.toString(due));
    } else if (found > 0 && found < due) {
      row.log().note("fewer_hash_ids", counted + " blocks; the rest of the prompt is unshared");
    } else if (!row.has(NativeFields.BLOCKS) && format == TraceFormat.MOONCAKE) {
      row.log().note("no_hash_ids", "line " + row.line() + ": the prompt is unshared");
    }
  }

  private void readService(final Row row, final Draft draft) {
    draft.model = text(row, NativeFields.MODEL, "");
    draft.lora = text(row, NativeFields.LORA, "");
    draft.sloClass = text(row, NativeFields.CLASS, Request.DEFAULT_CLASS);
    if (row.has(NativeFields.PRIORITY)) {
      draft.priority =
          row.wholeNumber(
              NativeFields.PRIORITY, Integer.MIN_VALUE, Integer.MAX_VALUE, "a whole number");
      if (format == TraceFormat.MOONCAKE) {
        row.log().note("priority_sign", "lower is taken as earlier (vLLM); Dynamo has it reversed");
      }
    }
    draft.deadlineNanos = row.nanos(NativeFields.DEADLINE, Row.MILLISECONDS, Request.UNTIMED);
    draft.cancelAfterNanos = row.nanos(NativeFields.CANCEL, Row.MILLISECONDS, Request.UNTIMED);
    draft.acceptance = row.numbers(NativeFields.ACCEPTANCE);
    draft.samples =
        row.has(NativeFields.SAMPLES)
            ? row.wholeNumber(NativeFields.SAMPLES, 1, 1 << 16, "a whole number, 1 or more")
            : 1;
    draft.images = row.count(NativeFields.IMAGES, 0);
  }

  private void readRecorded(final Row row, final Draft draft) {
    Row from = row;
    String ttft = NativeFields.TTFT_CSV;
    String e2e = NativeFields.E2E_CSV;
    if (row instanceof JsonRow json) {
      final JsonNode recorded = json.node(NativeFields.RECORDED);
      if (recorded == null) {
        return;
      }
      from = new JsonRow(recorded, row.line(), row.log());
      ttft = NativeFields.TTFT_JSON;
      e2e = NativeFields.E2E_JSON;
    }
    draft.recordedTtftNanos = from.nanos(ttft, Row.MILLISECONDS, Request.UNTIMED);
    draft.recordedE2eNanos = from.nanos(e2e, Row.MILLISECONDS, Request.UNTIMED);
  }

  private static void noteQuantised(final Collected to) {
    final Ticks ticks = Ticks.of(to.drafts.stream().mapToLong(draft -> draft.arrivalNanos));
    if (ticks.isQuantised()) {
      to.log.note(
          "quantised_arrivals",
          ticks.requests() - ticks.distinct(),
          ticks.requests()
              + " arrivals on "
              + ticks.distinct()
              + " ticks of about "
              + Clock.seconds(ticks.tickNanos())
              + " s arrive in bursts; spread-ticks spreads them");
    }
  }

  private static String text(final Row row, final String key, final String otherwise) {
    return row.has(key) ? row.text(key) : otherwise;
  }
}
