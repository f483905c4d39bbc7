package org.inferchip.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * LLMServingSim workloads. Flat rows; session rows, whose calls follow each other after the tool
 * time of the one before, each call counted as a row; and the request records of its measured vLLM
 * runs, whose arrivals are dates and whose times are kept for validation (time to first token =
 * first token - queued, as its own summary has it). Kinds are told row by row.
 */
final class LlmServingSimReader implements RowReader {
  private static final String SESSION = "session_id";
  private static final String CALLS = "sub_requests";
  private static final String NANOS = "arrival_time_ns";
  private static final String SECONDS = "arrival_time";
  private static final String INPUT = "input_toks";
  private static final String OUTPUT = "output_toks";
  private static final String TOOL = "tool_duration_ns";
  private static final String QUEUED = "queued_ts";
  private static final String FIRST = "first_token_ts";
  private static final String LAST = "last_token_ts";
  private static final Set<String> FLAT = Set.of(INPUT, OUTPUT, NANOS);
  private static final Set<String> SESSIONS = Set.of(SESSION, NANOS, CALLS);
  private static final Set<String> CALL = Set.of(INPUT, OUTPUT, TOOL);
  private static final Set<String> MEASURED =
      Set.of("request_id", INPUT, OUTPUT, SECONDS, QUEUED, "scheduled_ts", FIRST, LAST);

  @Override
  public void read(final SourceText source, final Collected to) {
    final int[] dated = new int[1];
    JsonLines.each(
        source,
        1,
        to.log,
        (node, line) -> {
          final JsonRow row = new JsonRow(node, line, to.log);
          if (row.has(CALLS)) {
            readSession(row, to);
          } else if (row.has(SECONDS)) {
            dated[0]++;
            readMeasured(row, to);
          } else {
            readFlat(row, to);
          }
        });
    to.dated = dated[0] > 0;
    if (to.dated && dated[0] < to.log.rows()) {
      to.log.problem(
          1, SECONDS, "some rows have it and some have " + NANOS, "two clocks", "one clock");
    }
  }

  private static void readFlat(final JsonRow row, final Collected to) {
    row.noteUnused(FLAT);
    final Draft draft = to.next(row.line());
    draft.arrivalNanos = row.nanos(NANOS, Row.NANOSECONDS);
    to.take(row, draft, row.lengths(draft, INPUT, OUTPUT));
  }

  private static void readMeasured(final JsonRow row, final Collected to) {
    row.noteUnused(MEASURED);
    final Draft draft = to.next(row.line());
    draft.id = row.has("request_id") ? row.text("request_id") : draft.id;
    draft.arrivalNanos = row.nanos(SECONDS, Row.SECONDS);
    final boolean hasLengths = row.lengths(draft, INPUT, OUTPUT);
    if (row.has(QUEUED) && row.has(FIRST) && row.has(LAST)) {
      final long queued = row.nanos(QUEUED, Row.SECONDS);
      draft.recordedTtftNanos = row.nanos(FIRST, Row.SECONDS) - queued;
      draft.recordedE2eNanos = row.nanos(LAST, Row.SECONDS) - queued;
      if (!row.isBad() && (draft.recordedTtftNanos < 0 || draft.recordedE2eNanos < 0)) {
        row.bad(FIRST, "earlier than " + QUEUED, row.text(FIRST), "a later time");
      }
    }
    to.take(row, draft, hasLengths);
  }

  private static void readSession(final JsonRow row, final Collected to) {
    row.noteUnused(SESSIONS);
    final String session = row.has(SESSION) ? row.text(SESSION) : "line-" + row.line();
    final JsonNode calls = row.node(CALLS);
    if (!calls.isArray()) {
      row.bad(CALLS, "not a list", calls.toString(), "a list of calls");
      return;
    }
    final long arrival = row.nanos(NANOS, Row.NANOSECONDS);
    String before = null;
    long toolWait = 0;
    for (int turn = 0; turn < calls.size(); turn++) {
      final JsonRow call = new JsonRow(calls.get(turn), row.line(), to.log);
      call.noteUnused(CALL);
      final Draft draft = to.next(row.line());
      draft.id = session + "/" + turn;
      draft.session = session;
      draft.turn = turn;
      draft.arrivalNanos = before == null ? arrival : Request.UNTIMED;
      draft.waitFor = before == null ? List.of() : List.of(before);
      draft.toolWaitNanos = toolWait;
      final boolean hasLengths = call.lengths(draft, INPUT, OUTPUT);
      to.take(call, draft, hasLengths);
      toolWait = call.nanos(TOOL, Row.NANOSECONDS, 0) + (hasLengths ? 0 : toolWait);
      before = hasLengths ? draft.id : before;
    }
  }
}
