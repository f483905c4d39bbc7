package org.inferchip.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * TraceLab's replay CSV: rounds of sessions, each sent when the one before is complete and the tool
 * wait is over. {@code input_len} is what the round appends to {@code prefix_len} tokens of earlier
 * context; the prompt is both. {@code arrival_time} is the session's, in milliseconds, 0 where it
 * is missing, as its own runner has it. Rounds of a session stand one after the other.
 */
final class TraceLabReader implements RowReader {
  private static final String TIME = "arrival_time";
  private static final String ROUND = "round_idx";
  private static final String PREFIX = "prefix_len";
  private static final String INPUT = "input_len";
  private static final String OUTPUT = "output_len";
  private static final String TOOL = "tool_wait_after_ms";
  private static final Set<String> USED =
      Set.of("session_id", "id", TIME, ROUND, PREFIX, INPUT, OUTPUT, TOOL);

  @Override
  public void read(final SourceText source, final Collected to) {
    final Map<String, Draft> last = new HashMap<>();
    final Map<String, Long> waits = new HashMap<>();
    CsvLines.each(source, 1, to.log, row -> readRow(row, to, last, waits));
  }

  private static void readRow(
      final Row row,
      final Collected to,
      final Map<String, Draft> last,
      final Map<String, Long> waits) {
    row.noteUnused(USED);
    final Draft draft = to.next(row.line());
    final String session = row.has("session_id") ? row.text("session_id") : row.text("id");
    if (session == null) {
      row.bad("session_id", "missing", "", "a session");
      return;
    }
    draft.session = session;
    draft.turn = row.wholeNumber(ROUND, 0, Integer.MAX_VALUE, "a whole number, 0 or more");
    draft.id = session + "/" + draft.turn;
    draft.prefixGroup = "session-" + session;
    draft.prefixTokens = row.tokens(PREFIX);
    final boolean hasLengths = row.lengths(draft, INPUT, OUTPUT);
    draft.inputTokens = Math.addExact(draft.inputTokens, draft.prefixTokens);
    final Draft before = last.get(session);
    if (before == null) {
      draft.arrivalNanos = row.nanos(TIME, Row.MILLISECONDS, 0);
    } else {
      draft.waitFor = List.of(before.id);
      draft.toolWaitNanos = waits.get(session);
      if (draft.turn <= before.turn) {
        row.bad(ROUND, "rounds of a session are out of order", "" + draft.turn, "> " + before.turn);
      }
    }
    to.take(row, draft, hasLengths);
    final long wait = row.nanos(TOOL, Row.MILLISECONDS, 0);
    if (hasLengths) {
      last.put(session, draft);
      waits.put(session, wait);
    } else {
      waits.merge(session, wait, Long::sum);
    }
  }
}
