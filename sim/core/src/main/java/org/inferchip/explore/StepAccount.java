package org.inferchip.explore;

import org.inferchip.cost.HourlyCost;
import org.inferchip.energy.SystemPower;
import org.inferchip.simulation.StepProfile;
import org.inferchip.simulation.StepProfile.Line;

/**
 * A step in time, joules and dollars, as if the system did nothing but such steps.
 *
 * <p>Dollars of a step are its share of the owner's hour (capital, maintenance, site, electricity)
 * over the share of hours that serve. An operator pays all but electricity by its time, electricity
 * by its joules; what is left is the host's and the idle chips'.
 *
 * @param profile the step
 * @param watts average power
 * @param hourly dollars an hour
 */
public record StepAccount(StepProfile profile, SystemPower watts, HourlyCost hourly) {
  private static final double SECONDS_PER_HOUR = 3600;

  /** Accounts for a step. */
  public static StepAccount of(final StepProfile profile) {
    final int chips = profile.plan().chips();
    final double chipWatts = profile.energyJoules() / (profile.latencyPicos() * 1e-12);
    final SystemPower watts = SystemPower.of(profile.plan().system(), chips, chipWatts, 1);
    return new StepAccount(
        profile, watts, HourlyCost.of(profile.plan().system(), chips, watts.facility()));
  }

  /** Seconds of the step. */
  public double seconds() {
    return profile.latencyPicos() * 1e-12;
  }

  /** Tokens of the step for a joule at the system boundary. */
  public double tokensPerJoule() {
    return profile.shape().tokens() / (watts.system() * seconds());
  }

  /** Tokens of the step for an owner's dollar. */
  public double tokensPerDollar() {
    return profile.shape().tokens() / dollars();
  }

  /** An owner's dollars for the step. */
  public double dollars() {
    return dollars(hourly.owned(), seconds());
  }

  /** Dollars of something that costs so much an hour. */
  public double dollars(final double perHour, final double seconds) {
    return perHour / SECONDS_PER_HOUR / hourly.utilisation() * seconds;
  }

  /** Dollars of all runs of an operator. */
  public double dollars(final Line line) {
    final double own = line.count() * line.result().latencyPicos() * 1e-12;
    final double joules = profile.aboveIdle(line).total();
    return dollars(hourly.standing(), own)
        + dollars(hourly.electricity(), seconds()) * joules / profile.energyJoules();
  }
}
