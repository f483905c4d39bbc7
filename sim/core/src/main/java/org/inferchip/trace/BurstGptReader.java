package org.inferchip.trace;

import java.util.Set;

/**
 * BurstGPT (KDD 2025), by column name: release 2 inserts {@code Session ID} and {@code Elapsed
 * time} in the middle. Rows without response tokens are failed requests. Times are seconds from an
 * origin far back, so arrivals count from the first request. {@code Elapsed time} is the source's
 * end-to-end time.
 */
final class BurstGptReader implements RowReader {
  private static final String TIME = "Timestamp";
  private static final String SESSION = "Session ID";
  private static final String ELAPSED = "Elapsed time";
  private static final String MODEL = "Model";
  private static final String INPUT = "Request tokens";
  private static final String OUTPUT = "Response tokens";
  private static final Set<String> USED =
      Set.of(TIME, SESSION, ELAPSED, MODEL, INPUT, OUTPUT, "Total tokens", "Log Type");

  @Override
  public void read(final SourceText source, final Collected to) {
    to.dated = true;
    CsvLines.each(source, 1, to.log, row -> readRow(row, to));
    to.log.note(
        "source_model",
        to.log.rows(),
        "the column Model names the recorded service, not the model to run; it is left out");
  }

  private static void readRow(final Row row, final Collected to) {
    row.noteUnused(USED);
    final Draft draft = to.next(row.line());
    draft.arrivalNanos = row.nanos(TIME, Row.SECONDS);
    draft.session = row.has(SESSION) ? row.text(SESSION) : "";
    draft.recordedE2eNanos = row.nanos(ELAPSED, Row.SECONDS, Request.UNTIMED);
    draft.inputTokens = row.tokens(INPUT);
    draft.outputTokens = row.tokens(OUTPUT);
    if (!row.isBad() && draft.outputTokens == 0) {
      to.log.drop("failed_request", row.line());
    } else if (!row.isBad() && draft.inputTokens == 0) {
      to.log.drop("zero_input_tokens", row.line());
    }
    to.take(row, draft, draft.inputTokens > 0 && draft.outputTokens > 0);
  }
}
