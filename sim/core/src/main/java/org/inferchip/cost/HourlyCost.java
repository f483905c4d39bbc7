package org.inferchip.cost;

import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.SystemDescription.Enclosure;

/**
 * Dollars an hour of the calendar for the chips allocated to a run, with their share of the box:
 *
 * <pre>
 *   capital     = equipment / (depreciation years x 8760 h)     chips, box, network, racks
 *   site        = building / (its life x 8760 h)                space, power and cooling plant
 *   maintenance = equipment x maintenance rate / 8760 h
 *   electricity = facility watts x $/kWh
 * </pre>
 *
 * with the dollars of {@link Purchase}. Electricity is charged for every hour at the run's average
 * draw. Staff and interest are not counted. A rental price contains all of it and the landlord's
 * margin.
 *
 * @param capital depreciation of chips, enclosure, network and racks
 * @param maintenance of the same
 * @param electricity at the facility boundary
 * @param site depreciation of the building
 * @param utilisation share of those hours in which the system serves; tokens come only then
 * @param rental dollars an hour if rented instead; absent where nobody offers the chip
 */
public record HourlyCost(
    double capital,
    double maintenance,
    double electricity,
    double site,
    double utilisation,
    Optional<Double> rental) {
  private static final double HOURS_PER_YEAR = 8760;
  private static final double WATTS_PER_KILOWATT = 1000;

  /** Dollars an hour of an owner. */
  public double owned() {
    return standing() + electricity;
  }

  /** Of an owner whether the system works or not. */
  public double standing() {
    return capital + maintenance + site;
  }

  /**
   * Both together. Where they serve in other shares of the hours, the sum is as utilised as makes a
   * second of serving cost what it costs of both.
   */
  public HourlyCost plus(final HourlyCost o) {
    return new HourlyCost(
        capital + o.capital,
        maintenance + o.maintenance,
        electricity + o.electricity,
        site + o.site,
        utilisation == o.utilisation
            ? utilisation
            : (owned() + o.owned()) / (owned() / utilisation + o.owned() / o.utilisation),
        rental.flatMap(mine -> o.rental.map(other -> mine + other)));
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
    final Purchase bought = Purchase.of(system, chips);
    return new HourlyCost(
        bought.equipment() / (around.depreciation() * HOURS_PER_YEAR),
        bought.equipment() * around.maintenance() / HOURS_PER_YEAR,
        facilityWatts / WATTS_PER_KILOWATT * around.electricity(),
        around
            .site()
            .map(site -> bought.building() / (site.buildingLife() * HOURS_PER_YEAR))
            .orElse(0.0),
        around.utilisation(),
        system.chip().cost().rental().map(perChip -> perChip * chips));
  }
}
