package org.inferchip.trace;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What a trace is like. Rates and gaps are those of requests with an arrival of their own.
 *
 * @param inputTokens prompt tokens
 * @param outputTokens output tokens
 * @param spanSeconds first to last arrival
 * @param requestsPerSecond arrivals after the first over the span; 0 where there is no span
 * @param gapVariation standard deviation over mean of the gaps between arrivals (population form)
 * @param longestGapSeconds the longest of these gaps
 * @param distinctArrivals different timestamps
 * @param busiestSecond most arrivals in one whole second of the trace's clock
 * @param sessions sessions named
 * @param followers requests that wait for others
 * @param blocks block identifiers in all prompts
 * @param uniqueBlocks different ones
 * @param reusableBlocks hits of an infinite prefix cache: leading blocks of a prompt that occurred
 *     in an earlier prompt
 */
public record TraceStatistics(
    Spread inputTokens,
    Spread outputTokens,
    double spanSeconds,
    double requestsPerSecond,
    double gapVariation,
    double longestGapSeconds,
    long distinctArrivals,
    long busiestSecond,
    long sessions,
    long followers,
    long blocks,
    long uniqueBlocks,
    long reusableBlocks) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** The statistics of a trace. */
  public static TraceStatistics of(final Trace trace) {
    final long[] times =
        trace.requests().stream()
            .filter(Request::isTimed)
            .mapToLong(Request::arrivalNanos)
            .sorted()
            .toArray();
    final double span = trace.spanNanos() / NANOS_PER_SECOND;
    final double meanGap = times.length < 2 ? 0 : span / (times.length - 1);
    double squares = 0;
    double longest = 0;
    for (int i = 1; i < times.length; i++) {
      final double gap = (times[i] - times[i - 1]) / NANOS_PER_SECOND;
      squares += (gap - meanGap) * (gap - meanGap);
      longest = Math.max(longest, gap);
    }
    final Reuse reuse = Reuse.of(trace);
    return new TraceStatistics(
        Spread.of(trace.requests().stream().mapToInt(Request::inputTokens)),
        Spread.of(trace.requests().stream().mapToInt(Request::outputTokens)),
        span,
        span == 0 ? 0 : (times.length - 1) / span,
        meanGap == 0 ? 0 : Math.sqrt(squares / (times.length - 1)) / meanGap,
        longest,
        Arrays.stream(times).distinct().count(),
        busiestSecond(times),
        trace.requests().stream()
            .map(Request::session)
            .filter(s -> !s.isEmpty())
            .distinct()
            .count(),
        trace.requests().stream().filter(r -> !r.waitFor().isEmpty()).count(),
        reuse.blocks(),
        reuse.unique(),
        reuse.hits());
  }

  private static long busiestSecond(final long[] sorted) {
    long most = 0;
    long here = 0;
    long second = -1;
    for (final long time : sorted) {
      final long of = time / (long) NANOS_PER_SECOND;
      here = of == second ? here + 1 : 1;
      second = of;
      most = Math.max(most, here);
    }
    return most;
  }

  /** Block reuse under a cache that never evicts. */
  private record Reuse(long blocks, long unique, long hits) {
    /** An identifier in its namespace. */
    private record Key(String namespace, long id) {}

    static Reuse of(final Trace trace) {
      final boolean bySession = trace.scheme().scope() == BlockScheme.Scope.SESSION;
      final Set<Key> seen = new HashSet<>();
      long blocks = 0;
      long hits = 0;
      for (final Request request : trace.requests()) {
        final String namespace = (bySession ? request.session() : "") + '\0' + request.lora();
        boolean leading = true;
        for (int i = 0; i < request.blocks().size(); i++) {
          final boolean isNew = seen.add(new Key(namespace, request.blocks().get(i)));
          leading &= !isNew;
          hits += leading ? 1 : 0;
          blocks++;
        }
      }
      return new Reuse(blocks, seen.size(), hits);
    }
  }
}
