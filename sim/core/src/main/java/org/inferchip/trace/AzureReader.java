package org.inferchip.trace;

import java.util.Set;

/**
 * Azure LLM inference traces. 2023: {@code 2023-11-16 18:17:03.9799600}, naive, 100 ns; 2024: with
 * an offset, with or without a fraction; 2025: ISO 8601 with {@code T} and {@code Z}, and a column
 * {@code NumImages}. Times without an offset are taken as UTC. Arrivals count from the first
 * request.
 */
final class AzureReader implements RowReader {
  private static final String TIME = "TIMESTAMP";
  private static final String INPUT = "ContextTokens";
  private static final String OUTPUT = "GeneratedTokens";
  private static final String IMAGES = "NumImages";
  private static final Set<String> USED = Set.of(TIME, INPUT, OUTPUT, IMAGES);

  @Override
  public void read(final SourceText source, final Collected to) {
    to.dated = true;
    final int[] naive = new int[1];
    CsvLines.each(source, 1, to.log, row -> readRow(row, to, naive));
    if (naive[0] > 0 && naive[0] < to.log.rows()) {
      to.log.note(
          "mixed_time_zones",
          naive[0],
          "rows without a time zone among rows with one; taken as UTC");
    }
  }

  private static void readRow(final Row row, final Collected to, final int[] naive) {
    row.noteUnused(USED);
    final Draft draft = to.next(row.line());
    final String text = row.text(TIME);
    if (text == null) {
      row.bad(TIME, "missing", "", "a date and time");
    } else {
      final DateTimeText time = DateTimeText.parse(text);
      if (time == null) {
        row.bad(TIME, "not a date and time", text, "such as 2023-11-16 18:17:03.9799600");
      } else {
        draft.arrivalNanos = time.epochNanos();
        naive[0] += time.zoned() ? 0 : 1;
      }
    }
    draft.images = row.count(IMAGES, 0);
    to.take(row, draft, row.lengths(draft, INPUT, OUTPUT));
  }
}
