package org.inferchip.cost;

import java.util.OptionalDouble;

/**
 * What one replica of a system takes and gives, and so what fits a budget or a building. Watts are
 * those of the facility with every chip at its limit, for that is what has to be laid on; rates are
 * those of the run that they were taken from, so that a fleet is as busy as the run was.
 *
 * @param chips of the replica
 * @param limitWatts of the facility at the limit
 * @param dollars to buy it, building included
 * @param dollarsPerHour of an owner
 * @param inputRate prompt tokens a second
 * @param outputRate generated tokens a second
 */
public record Replica(
    int chips,
    double limitWatts,
    double dollars,
    double dollarsPerHour,
    double inputRate,
    double outputRate) {
  private static final double MEGA = 1e6;

  /**
   * Equal replicas.
   *
   * @param replicas how many
   * @param limit what holds their number back: {@code megawatts}, {@code budget}, {@code hourly} or
   *     {@code demand}
   */
  public record Fleet(long replicas, String limit) {}

  /**
   * What there is at most.
   *
   * @param megawatts of the facility
   * @param budget dollars to spend at once
   * @param hourly dollars an hour of the calendar
   * @param demand generated tokens a second that are enough; the last replica may give more
   */
  public record Limits(
      OptionalDouble megawatts,
      OptionalDouble budget,
      OptionalDouble hourly,
      OptionalDouble demand) {
    /** Checks that there is an end to it. */
    public Limits {
      if (megawatts.isEmpty() && budget.isEmpty() && hourly.isEmpty() && demand.isEmpty()) {
        throw new IllegalArgumentException("nothing limits the number of replicas");
      }
    }
  }

  /** Tokens a second of both kinds. */
  public double totalRate() {
    return inputRate + outputRate;
  }

  /** The most replicas that fit. */
  public Fleet fleet(final Limits limits) {
    Fleet most = new Fleet(Long.MAX_VALUE, "");
    most = least(most, "megawatts", limits.megawatts(), limitWatts / MEGA);
    most = least(most, "budget", limits.budget(), dollars);
    most = least(most, "hourly", limits.hourly(), dollarsPerHour);
    if (limits.demand().isPresent()) {
      final long enough = (long) Math.ceil(limits.demand().getAsDouble() / outputRate);
      most = enough < most.replicas() ? new Fleet(enough, "demand") : most;
    }
    return most;
  }

  private static Fleet least(
      final Fleet most, final String name, final OptionalDouble limit, final double each) {
    if (limit.isEmpty()) {
      return most;
    }
    final long fit = (long) Math.floor(limit.getAsDouble() / each);
    return fit < most.replicas() ? new Fleet(fit, name) : most;
  }
}
