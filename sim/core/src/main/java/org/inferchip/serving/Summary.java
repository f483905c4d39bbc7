package org.inferchip.serving;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.inferchip.arch.SystemDescription;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergyModel;
import org.inferchip.energy.SystemPower;
import org.inferchip.serving.RequestRecord.Outcome;
import org.inferchip.trace.Trace;
import org.inferchip.units.Picoseconds;

/** Turns a finished loop into a {@link RunResult}. */
final class Summary {
  private final Trace trace;
  private final RequestTable table;
  private final ServingConfig config;
  private final ServingLoop loop;
  private final List<RequestRecord> records;

  Summary(
      final Trace trace,
      final RequestTable table,
      final ServingConfig config,
      final ServingLoop loop) {
    this.trace = trace;
    this.table = table;
    this.config = config;
    this.loop = loop;
    this.records = loop.journal().records(config);
  }

  RunResult result(final SystemDescription system, final int chips) {
    final RequestCounts counts = counts();
    final Latencies latencies = latencies();
    final Rates rates = rates(counts);
    final Optional<Guarantee> guarantee = loop.guarantee(records);
    final List<String> violations = new ArrayList<>(Laws.violations(table, loop, records));
    guarantee.ifPresent(proof -> violations.addAll(proof.violations(loop.slots(), records)));
    return new RunResult(
        trace.name(),
        config,
        chips,
        counts,
        latencies,
        rates,
        occupancy(),
        energy(system, chips, rates.outputTokensPerSecond()),
        records,
        loop.samples().list(),
        guarantee,
        Warnings.of(trace, config, counts, latencies, loop.meter().isSaturated()),
        violations);
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
        loop.tally().outputTokens(),
        withoutTpot);
  }

  private Latencies latencies() {
    final Predicate<RequestRecord> completed = r -> r.outcome() == Outcome.COMPLETED;
    return new Latencies(
        of(r -> happened(r.firstTokenPicos()), RequestRecord::ttftPicos),
        of(completed.and(r -> r.outputTokens() > 1), r -> r.tpotPicos().orElseThrow()),
        loop.journal().gaps().distribution(),
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
    final double seconds = loop.meter().durationPicos() / Picoseconds.PER_SECOND;
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

  private Occupancy occupancy() {
    final Meter meter = loop.meter();
    final Tally tally = loop.tally();
    final int blocks = loop.blocks().total();
    final List<RequestRecord> scheduled =
        records.stream().filter(r -> happened(r.scheduledPicos())).toList();
    final long prompts = scheduled.stream().mapToLong(RequestRecord::promptTokens).sum();
    final long cached = scheduled.stream().mapToLong(RequestRecord::cachedTokens).sum();
    return new Occupancy(
        tally.steps(),
        tally.prefillTokens(),
        tally.preemptions(),
        tally.recomputedTokens(),
        tally.swappedOutTokens(),
        tally.swappedInTokens(),
        loop.swap().peak(),
        cached,
        prompts == 0 ? 0 : (double) cached / prompts,
        meter.busyShare(),
        tally.prefillShare(),
        blocks,
        meter.meanBlocks() / blocks,
        (double) meter.peakBlocks() / blocks,
        meter.meanRunning(),
        meter.meanWaiting(),
        meter.peakWaiting(),
        meter.isSaturated());
  }

  private EnergyUse energy(
      final SystemDescription system, final int chips, final double tokensPerSecond) {
    final long duration = loop.meter().durationPicos();
    final EnergyBreakdown joules =
        loop.tally().energy().withIdle(EnergyModel.of(system.chip()).idleJoules(duration, chips));
    final double watts =
        duration == 0
            ? chips * system.chip().power().idle()
            : joules.total() / (duration / Picoseconds.PER_SECOND);
    return new EnergyUse(
        joules,
        SystemPower.of(system, chips, watts, loop.meter().busyShare()),
        tokensPerSecond,
        PowerSample.of(
            loop.samples().list(),
            loop.meter().now() - duration,
            loop.meter().now(),
            loop.tally().energy().aboveIdle(),
            chips * system.chip().power().idle()));
  }
}
