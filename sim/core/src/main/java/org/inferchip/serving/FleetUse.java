package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergySum;
import org.inferchip.energy.SystemPower;
import org.inferchip.serving.RequestRecord.Outcome;
import org.inferchip.units.Picoseconds;

/** How full the instances of a finished run were, all together and each, and what they drew. */
final class FleetUse {
  private final Fleet fleet;
  private final List<ServingLoop> loops;
  private final List<RequestRecord> records;

  FleetUse(final Fleet fleet, final List<RequestRecord> records) {
    this.fleet = fleet;
    this.loops = fleet.loops();
    this.records = records;
  }

  /** Chips of all instances. */
  int chips() {
    int chips = 0;
    for (int i = 0; i < loops.size(); i++) {
      chips += fleet.pool(i).chips();
    }
    return chips;
  }

  Occupancy occupancy() {
    final List<RequestRecord> scheduled =
        records.stream().filter(r -> happened(r.scheduledPicos())).toList();
    final long cached = scheduled.stream().mapToLong(RequestRecord::cachedTokens).sum();
    final int blocks = loops.stream().mapToInt(loop -> loop.blocks().total()).sum();
    return new Occupancy(
        sum(Tally::steps),
        sum(Tally::prefillTokens),
        sum(Tally::preemptions),
        sum(Tally::recomputedTokens),
        sum(Tally::swappedOutTokens),
        sum(Tally::swappedInTokens),
        loops.stream().mapToLong(loop -> loop.swap().peak()).max().orElse(0),
        cached,
        hitRate(scheduled),
        total(Meter::busyShare) / loops.size(),
        Tally.prefillShare(loops.stream().map(ServingLoop::tally).toList()),
        blocks,
        total(Meter::meanBlocks) / blocks,
        loops.stream()
            .mapToDouble(loop -> (double) loop.meter().peakBlocks() / loop.blocks().total())
            .max()
            .orElse(0),
        total(Meter::meanRunning),
        total(Meter::meanWaiting),
        peak(Meter::peakWaiting),
        Meter.isSaturated(loops.stream().map(ServingLoop::meter).toList()));
  }

  private long sum(final ToLongFunction<Tally> of) {
    return loops.stream().mapToLong(loop -> of.applyAsLong(loop.tally())).sum();
  }

  private double total(final ToDoubleFunction<Meter> of) {
    return loops.stream().mapToDouble(loop -> of.applyAsDouble(loop.meter())).sum();
  }

  private int peak(final ToIntFunction<Meter> of) {
    return loops.stream().mapToInt(loop -> of.applyAsInt(loop.meter())).max().orElse(0);
  }

  private static double hitRate(final List<RequestRecord> of) {
    final long prompts = of.stream().mapToLong(RequestRecord::promptTokens).sum();
    final long cached = of.stream().mapToLong(RequestRecord::cachedTokens).sum();
    return prompts == 0 ? 0 : (double) cached / prompts;
  }

  private static boolean happened(final long picos) {
    return picos != RequestRecord.NEVER;
  }

  EnergyUse energy(final double tokensPerSecond) {
    final EnergySum joules = new EnergySum();
    double idleJoules = 0;
    double idleWatts = 0;
    SystemPower watts = null;
    for (int i = 0; i < loops.size(); i++) {
      joules.addAboveIdle(loops.get(i).tally().energy().withIdle(0));
      idleJoules += fleet.pool(i).idleJoules(fleet.durationPicos());
      idleWatts += fleet.pool(i).idleWatts();
      watts = watts == null ? watts(i) : watts.plus(watts(i));
    }
    final EnergyBreakdown all = joules.withIdle(idleJoules);
    return new EnergyUse(
        all,
        watts,
        tokensPerSecond,
        PowerSample.of(
            fleet.samples(),
            fleet.now() - fleet.durationPicos(),
            fleet.now(),
            joules.aboveIdle(),
            idleWatts));
  }

  private SystemPower watts(final int i) {
    final Pool pool = fleet.pool(i);
    final long duration = fleet.durationPicos();
    final double chipWatts =
        duration == 0
            ? pool.idleWatts()
            : loops.get(i).tally().energy().withIdle(pool.idleJoules(duration)).total()
                / (duration / Picoseconds.PER_SECOND);
    return SystemPower.of(pool.system(), pool.chips(), chipWatts, loops.get(i).meter().busyShare());
  }

  /** What each instance did. */
  List<InstanceUse> instances() {
    final List<InstanceUse> uses = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      uses.add(instance(i, taken(i)));
    }
    return uses;
  }

  /** Requests that an instance had. */
  private List<RequestRecord> taken(final int instance) {
    final List<RequestRecord> taken = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (happened(records.get(i).arrivalPicos()) && fleet.had(instance, i)) {
        taken.add(records.get(i));
      }
    }
    return taken;
  }

  private InstanceUse instance(final int i, final List<RequestRecord> taken) {
    final ServingLoop loop = loops.get(i);
    final List<RequestRecord> completed =
        taken.stream().filter(r -> r.outcome() == Outcome.COMPLETED).toList();
    return new InstanceUse(
        fleet.part(i),
        fleet.pool(i).system().name(),
        fleet.pool(i).chips(),
        taken.size(),
        completed.size(),
        loop.tally().outputTokens(),
        loop.tally().prefillTokens(),
        hitRate(taken.stream().filter(r -> happened(r.scheduledPicos())).toList()),
        loop.meter().busyShare(),
        Tally.prefillShare(List.of(loop.tally())),
        loop.meter().meanBlocks() / loop.blocks().total(),
        loop.meter().meanRunning(),
        loop.meter().meanWaiting(),
        loop.tally().preemptions(),
        Distribution.of(
            taken.stream()
                .filter(r -> happened(r.firstTokenPicos()))
                .mapToLong(RequestRecord::ttftPicos)
                .toArray()),
        Distribution.of(completed.stream().mapToLong(RequestRecord::e2ePicos).toArray()),
        watts(i));
  }
}
