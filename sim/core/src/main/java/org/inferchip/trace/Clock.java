package org.inferchip.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/**
 * Finds what a trace's clock does in file order. Small steps back are disorder, and rows are
 * sorted. A step back of at least a minute and half of the span so far is a reset: RAGPulse holds
 * two weeks one after the other, both from zero, and sorting would interleave them. More resets
 * than one in a hundred rows is disorder again. Clocks that give a date never reset.
 */
final class Clock {
  private static final long LEAST_RESET_NANOS = 60_000_000_000L;
  private static final int ROWS_A_RESET = 100;

  private final ReadLog log;
  private final ClockResets resets;

  Clock(final ReadLog log, final ClockResets resets) {
    this.log = log;
    this.resets = resets;
  }

  /** Mends the arrivals of the timed drafts, given in file order. */
  void mend(final List<Draft> timed, final boolean dated) {
    if (timed.isEmpty()) {
      return;
    }
    if (!dated && resets != ClockResets.SORT) {
      separateEpochs(timed);
    }
    noteDisorder(timed);
    noteGap(timed);
    if (dated) {
      final long first = timed.stream().mapToLong(draft -> draft.arrivalNanos).min().orElse(0);
      timed.forEach(draft -> draft.arrivalNanos -= first);
    }
  }

  private void separateEpochs(final List<Draft> timed) {
    final boolean[] reset = new boolean[timed.size()];
    int count = 0;
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < reset.length; i++) {
      final long time = timed.get(i).arrivalNanos;
      if (i > 0 && most - time >= Math.max(LEAST_RESET_NANOS, (most - least) / 2)) {
        reset[i] = true;
        count++;
        least = time;
        most = time;
      }
      least = Math.min(least, time);
      most = Math.max(most, time);
    }
    if (count > 0 && count <= Math.max(1, timed.size() / ROWS_A_RESET)) {
      append(timed, reset);
    }
  }

  private void append(final List<Draft> timed, final boolean[] reset) {
    long offset = 0;
    long end = 0;
    for (int i = 0; i < reset.length; i++) {
      final Draft draft = timed.get(i);
      if (reset[i]) {
        final String back =
            seconds(timed.get(i - 1).arrivalNanos - offset - draft.arrivalNanos) + " s back";
        if (resets == ClockResets.REFUSE) {
          log.problem(draft.line, "", "the clock goes back", back, "one clock");
        }
        log.note(
            "clock_reset",
            "line "
                + draft.line
                + ": the clock goes "
                + back
                + "; the rows from there on are appended after the last arrival before");
        offset = end;
      }
      draft.arrivalNanos = Math.addExact(draft.arrivalNanos, offset);
      end = Math.max(end, draft.arrivalNanos);
    }
  }

  private void noteDisorder(final List<Draft> timed) {
    int count = 0;
    long worst = 0;
    Draft first = null;
    long most = Long.MIN_VALUE;
    for (final Draft draft : timed) {
      if (draft.arrivalNanos < most) {
        first = first == null ? draft : first;
        worst = Math.max(worst, most - draft.arrivalNanos);
        count++;
      }
      most = Math.max(most, draft.arrivalNanos);
    }
    if (first != null) {
      log.note(
          "unsorted_rows",
          count,
          "rows earlier than one before them were sorted; the first at line "
              + first.line
              + ", the farthest "
              + seconds(worst)
              + " s");
    }
  }

  private void noteGap(final List<Draft> timed) {
    final long[] times = timed.stream().mapToLong(draft -> draft.arrivalNanos).sorted().toArray();
    long gap = 0;
    for (int i = 1; i < times.length; i++) {
      gap = Math.max(gap, times[i] - times[i - 1]);
    }
    final long span = times[times.length - 1] - times[0];
    final int few = 3;
    if (times.length >= few && gap >= LEAST_RESET_NANOS * 60 && gap > span / 2) {
      log.note(
          "clock_jump",
          "the clock jumps "
              + seconds(gap)
              + " s forward, over half of the span; a window cuts it");
    }
    final int ties = times.length - (int) Arrays.stream(times).distinct().count();
    if (ties > 0) {
      log.note("tied_arrivals", ties, "rows with the time of another keep the order of the file");
    }
  }

  static String seconds(final long nanos) {
    return BigDecimal.valueOf(nanos, 9).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
  }
}
