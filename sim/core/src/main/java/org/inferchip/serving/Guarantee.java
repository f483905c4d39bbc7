package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.simulation.StepBounds;

/**
 * Worst cases that are proven for a statically scheduled machine under {@link SlottedScheduler},
 * for any arrivals of requests no longer than the trace's longest, beside what the run saw.
 *
 * <p>Let D be the phases, L the most that a step takes, I the most until another can start ({@link
 * StepBounds}, from costs simulated for every size that the seats allow). Steps end in the order of
 * their starts, so a token comes at most L after its step's start. When a phase's step ends, at
 * most D - 1 other phases were served longer ago; each is served once before it, and the first
 * pipeline stage falls free within I each time. So
 *
 * <pre>
 *   gap between tokens of an admitted request  &lt;= G = L + D I
 *   admission to first token, c chunks         &lt;= c G - D I
 * </pre>
 *
 * Time per output token is a mean of gaps, so it is at most G. Not bounded: the wait for a seat,
 * which depends on who comes.
 *
 * @param phases D
 * @param seats requests of a phase
 * @param chunkTokens tokens of a prompt chunk
 * @param bucketTokens longest prompt and output together that is taken
 * @param step of every step
 * @param tokenPicos G, for every gap between tokens and every TPOT
 * @param firstTokenPicos from admission, for the longest prompt of the trace
 * @param longestStepPicos seen
 * @param longestIntervalPicos seen
 * @param shortestStepPicos seen
 * @param longestGapPicos seen
 * @param longestFirstPicos seen, from admission
 */
public record Guarantee(
    int phases,
    int seats,
    int chunkTokens,
    int bucketTokens,
    StepBounds step,
    long tokenPicos,
    long firstTokenPicos,
    long longestStepPicos,
    long longestIntervalPicos,
    long shortestStepPicos,
    long longestGapPicos,
    long longestFirstPicos) {

  /** What of a run is held to the proof. */
  record Seen(long longestStep, long longestInterval, long shortestStep, long longestGap) {
    /** Of both. */
    Seen and(final Seen other) {
      return new Seen(
          Math.max(longestStep, other.longestStep),
          Math.max(longestInterval, other.longestInterval),
          Math.min(shortestStep, other.shortestStep),
          Math.max(longestGap, other.longestGap));
    }
  }

  static Guarantee of(
      final Slots slots,
      final StepBounds step,
      final Seen seen,
      final List<RequestRecord> records) {
    final long turn = Math.multiplyExact(slots.phases(), step.mostIntervalPicos());
    final long gap = Math.addExact(step.mostPicos(), turn);
    int longestPrompt = 1;
    long longestFirst = 0;
    for (final RequestRecord record : records) {
      if (record.firstTokenPicos() != RequestRecord.NEVER) {
        longestPrompt = Math.max(longestPrompt, record.promptTokens());
        longestFirst = Math.max(longestFirst, record.firstTokenPicos() - record.scheduledPicos());
      }
    }
    return new Guarantee(
        slots.phases(),
        slots.seats(),
        slots.chunkTokens(),
        slots.bucketTokens(),
        step,
        gap,
        slots.chunks(longestPrompt) * gap - turn,
        seen.longestStep(),
        seen.longestInterval(),
        seen.shortestStep(),
        seen.longestGap(),
        longestFirst);
  }

  /** What the run did beyond the proof; empty for a sound one. */
  List<String> violations(final Slots slots, final List<RequestRecord> records) {
    final List<String> broken = new ArrayList<>();
    over(broken, "a step took", longestStepPicos, step.mostPicos());
    over(broken, "a stage was busy for", longestIntervalPicos, step.mostIntervalPicos());
    over(broken, "a token came after", longestGapPicos, tokenPicos);
    if (shortestStepPicos < step.leastPicos()) {
      broken.add("a step took " + shortestStepPicos + " ps, proven to take " + step.leastPicos());
    }
    final long turn = Math.multiplyExact(phases, step.mostIntervalPicos());
    for (final RequestRecord record : records) {
      if (record.firstTokenPicos() != RequestRecord.NEVER) {
        over(
            broken,
            record.id() + " had its first token after",
            record.firstTokenPicos() - record.scheduledPicos(),
            slots.chunks(record.promptTokens()) * tokenPicos - turn);
      }
      if (record.preemptions() > 0) {
        broken.add(record.id() + " was preempted");
      }
    }
    return broken;
  }

  private static void over(
      final List<String> broken, final String what, final long seen, final long proven) {
    if (seen > proven) {
      broken.add(what + " " + seen + " ps, proven to take at most " + proven + " ps");
    }
  }
}
