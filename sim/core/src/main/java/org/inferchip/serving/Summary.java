package org.inferchip.serving;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.inferchip.serving.RequestRecord.Outcome;
import org.inferchip.trace.Trace;
import org.inferchip.units.Picoseconds;

/** Turns a finished run into a {@link RunResult}. */
final class Summary {
  private final Trace trace;
  private final Fleet fleet;
  private final ServingConfig config;
  private final Journal journal;
  private final List<RequestRecord> records;

  Summary(final Trace trace, final Fleet fleet) {
    this.trace = trace;
    this.fleet = fleet;
    this.config = fleet.deployment().pool().config();
    this.journal = fleet.requests().journal();
    this.records = journal.records(config);
  }

  RunResult result() {
    final RequestCounts counts = counts();
    final Latencies latencies = latencies();
    final Rates rates = rates(counts);
    final FleetUse use = new FleetUse(fleet, records);
    final Occupancy occupancy = use.occupancy();
    final Optional<Guarantee> guarantee = guarantee();
    final List<String> violations = new ArrayList<>(Laws.violations(fleet, records));
    guarantee.ifPresent(
        proof -> violations.addAll(proof.violations(fleet.loops().get(0).slots(), records)));
    return new RunResult(
        trace.name(),
        config,
        use.chips(),
        counts,
        latencies,
        rates,
        occupancy,
        use.energy(rates.outputTokensPerSecond()),
        use.instances(),
        fleet.transfers().map(of -> of.use(records, fleet.durationPicos())),
        records,
        fleet.samples(),
        guarantee,
        Warnings.of(trace, config, counts, latencies, occupancy.saturated()),
        violations);
  }

  /** What is proven of this run, beside what it saw; empty where nothing is. */
  private Optional<Guarantee> guarantee() {
    final Optional<Guarantee.Seen> seen =
        fleet.loops().stream()
            .map(loop -> loop.tally().seen(journal.longestGapPicos()))
            .reduce(Guarantee.Seen::and);
    return fleet.loops().stream()
        .flatMap(
            loop ->
                loop.bounds().stream()
                    .map(bounds -> Guarantee.of(loop.slots(), bounds, seen.get(), records)))
        .findFirst();
  }

  private RequestCounts counts() {
    final Map<Rejection, Long> reasons = new EnumMap<>(Rejection.class);
    long inputTokens = 0;
    long withoutTpot = 0;
    final long[] outcomes = new long[Outcome.values().length];
    for (final RequestRecord record : records) {
      outcomes[record.outcome().ordinal()]++;
      record.rejection().ifPresent(why -> reasons.merge(why, 1L, Long::sum));
      if (record.outcome() == Outcome.COMPLETED) {
        inputTokens += record.promptTokens();
        withoutTpot += record.outputTokens() < 2 ? 1 : 0;
      }
    }
    return new RequestCounts(
        records.size(),
        outcomes[Outcome.COMPLETED.ordinal()],
        outcomes[Outcome.REJECTED.ordinal()],
        outcomes[Outcome.UNFINISHED.ordinal()],
        reasons,
        inputTokens,
        fleet.loops().stream().mapToLong(loop -> loop.tally().outputTokens()).sum(),
        withoutTpot);
  }

  private Latencies latencies() {
    final Predicate<RequestRecord> completed = r -> r.outcome() == Outcome.COMPLETED;
    return new Latencies(
        of(r -> happened(r.firstTokenPicos()), RequestRecord::ttftPicos),
        of(completed.and(r -> r.outputTokens() > 1), r -> r.tpotPicos().orElseThrow()),
        journal.gaps().distribution(),
        of(r -> happened(r.secondTokenPicos()), r -> r.secondTokenPicos() - r.firstTokenPicos()),
        of(completed, RequestRecord::e2ePicos),
        of(completed, RequestRecord::normalisedPicos),
        of(r -> happened(r.scheduledPicos()), r -> r.scheduledPicos() - r.arrivalPicos()));
  }

  private Distribution of(
      final Predicate<RequestRecord> which, final ToLongFunction<RequestRecord> picos) {
    return Distribution.of(records.stream().filter(which).mapToLong(picos).toArray());
  }

  private static boolean happened(final long picos) {
    return picos != RequestRecord.NEVER;
  }

  private Rates rates(final RequestCounts counts) {
    final double seconds = fleet.durationPicos() / Picoseconds.PER_SECOND;
    final long met = records.stream().filter(RequestRecord::metObjectives).count();
    return new Rates(
        seconds,
        perSecond(counts.completed(), seconds),
        perSecond(counts.inputTokens(), seconds),
        perSecond(counts.outputTokens(), seconds),
        perSecond(met, seconds),
        records.isEmpty() ? 0 : (double) met / records.size());
  }

  /** Nothing takes no time: a run without any duration has no rate. */
  private static double perSecond(final long count, final double seconds) {
    return seconds == 0 ? 0 : count / seconds;
  }
}
