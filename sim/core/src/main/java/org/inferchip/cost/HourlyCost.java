package org.inferchip.cost;

import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.SystemDescription.Enclosure;

/**
 * Dollars an hour of the calendar for the chips allocated to a run, with their share of the box:
 *
 * <pre>
 *   capital     = (chips x chip price + share x enclosure price) / (depreciation years x 8760 h)
 *   maintenance = the same price x maintenance rate / 8760 h
 *   electricity = facility watts x $/kWh
 * </pre>
 *
 * Electricity is charged for every hour at the run's average draw. Staff, space and interest are
 * not counted. A rental price contains all of it and the landlord's margin.
 *
 * @param capital depreciation of chips and enclosure
 * @param maintenance of chips and enclosure
 * @param electricity at the facility boundary
 * @param utilisation share of those hours in which the system serves; tokens come only then
 * @param rental dollars an hour if rented instead; absent where nobody offers the chip
 */
public record HourlyCost(
    double capital,
    double maintenance,
    double electricity,
    double utilisation,
    Optional<Double> rental) {
  private static final double HOURS_PER_YEAR = 8760;
  private static final double WATTS_PER_KILOWATT = 1000;

  /** Dollars an hour of an owner. */
  public double owned() {
    return capital + maintenance + electricity;
  }

  /**
   * The cost of so many chips of a system.
   *
   * @param system the box or rack
   * @param chips allocated to the run
   * @param facilityWatts average at the facility boundary
   */
  public static HourlyCost of(
      final SystemDescription system, final int chips, final double facilityWatts) {
    final Enclosure around = system.enclosure();
    final double share = (double) chips / system.count();
    final double price = chips * ChipCost.of(system.chip()).price() + share * around.price();
    return new HourlyCost(
        price / (around.depreciation() * HOURS_PER_YEAR),
        price * around.maintenance() / HOURS_PER_YEAR,
        facilityWatts / WATTS_PER_KILOWATT * around.electricity(),
        around.utilisation(),
        system.chip().cost().rental().map(perChip -> perChip * chips));
  }
}
