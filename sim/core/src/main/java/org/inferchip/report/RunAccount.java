package org.inferchip.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inferchip.simulation.OperatorTotal;

/**
 * A run in time, joules and dollars by operator and by component.
 *
 * <p>Time: the time with a step in flight is divided over operators and host by their own times
 * (stages of a pipeline overlap, so these can add up to more than the run); the rest had no
 * request. Dollars: an operator pays all but electricity by its share of the time, electricity by
 * its share of the chips' joules.
 */
final class RunAccount {
  private static final double SECONDS_PER_HOUR = 3600;

  private final SystemResult result;
  private final double work;

  RunAccount(final SystemResult result) {
    this.result = result;
    double sum = result.number("host_s");
    for (final OperatorTotal total : result.operators()) {
      sum += total.seconds();
    }
    work = sum;
  }

  /** Share of the run that so many seconds of work stand for. */
  double share(final double seconds) {
    return work == 0 ? 0 : result.number("occupancy/busy_share") * seconds / work;
  }

  /** Share of the run without a request. */
  double restShare() {
    return 1 - result.number("occupancy/busy_share");
  }

  /** Seconds of the run by component; they add up to its duration. */
  Map<String, Double> times() {
    double bound = 0;
    double launch = 0;
    double beyond = 0;
    for (final OperatorTotal total : result.operators()) {
      bound += total.boundSeconds();
      launch += total.launchSeconds();
      beyond += total.seconds() - total.boundSeconds() - total.launchSeconds();
    }
    final double duration = result.number("duration_s");
    final Map<String, Double> times = new LinkedHashMap<>();
    times.put("physical bounds", share(bound) * duration);
    times.put("beyond these bounds", share(beyond) * duration);
    times.put("launch floors", share(launch) * duration);
    times.put("host", share(result.number("host_s")) * duration);
    times.put("no request", restShare() * duration);
    return times;
  }

  /** Share of the chips' joules. */
  double energyShare(final double joules) {
    return joules / result.number("energy_j/total");
  }

  /** Dollars by component, of an owner, for the run. */
  Map<String, Double> dollars() {
    final Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("capital", dollars(hourly("capital")));
    parts.put("maintenance", dollars(hourly("maintenance")));
    parts.put("site", dollars(site()));
    parts.put("electricity", dollars(hourly("electricity")));
    return parts;
  }

  /** Dollars of an owner for the run. */
  double allDollars() {
    return dollars(result.number("usd_per_hour"));
  }

  /** An owner's dollars for an operator. */
  double dollars(final OperatorTotal total) {
    return dollars(hourly("capital") + hourly("maintenance") + site()) * share(total.seconds())
        + dollars(hourly("electricity")) * energyShare(total.joules());
  }

  private double dollars(final double perHour) {
    return perHour / SECONDS_PER_HOUR / result.number("utilisation") * result.number("duration_s");
  }

  private double site() {
    final double dollars = result.optional("usd_per_hour_parts/site");
    return Double.isNaN(dollars) ? 0 : dollars;
  }

  private double hourly(final String part) {
    return result.number("usd_per_hour_parts/" + part);
  }
}
