package org.inferchip.trace;

import java.util.Set;

/**
 * Vidur's processed traces. Prompts are not cut: Vidur's own replay cuts prompt plus output to
 * {@code max_tokens} (4096 by default), so its published runs have other lengths. A file without
 * {@code arrived_at} has lengths only.
 */
final class VidurReader implements RowReader {
  private static final String TIME = "arrived_at";
  private static final String INPUT = "num_prefill_tokens";
  private static final String OUTPUT = "num_decode_tokens";
  private static final String TOTAL = "num_total_tokens";
  private static final Set<String> USED = Set.of(TIME, INPUT, OUTPUT, TOTAL, "pd_ratio");

  @Override
  public void read(final SourceText source, final Collected to) {
    to.lengthsOnly = !CsvLines.header(source.lines().get(0), 1, to.log).containsKey(TIME);
    CsvLines.each(source, 1, to.log, row -> readRow(row, to));
  }

  private static void readRow(final Row row, final Collected to) {
    row.noteUnused(USED);
    final Draft draft = to.next(row.line());
    if (!to.lengthsOnly) {
      draft.arrivalNanos = row.nanos(TIME, Row.SECONDS);
    }
    final boolean hasLengths = row.lengths(draft, INPUT, OUTPUT);
    if (row.has(TOTAL) && !row.isBad()) {
      final int total = row.tokens(TOTAL);
      if (total != draft.inputTokens + draft.outputTokens) {
        row.bad(
            TOTAL,
            "is not the sum of the lengths",
            Integer.toString(total),
            Integer.toString(draft.inputTokens + draft.outputTokens));
      }
    }
    to.take(row, draft, hasLengths);
  }
}
