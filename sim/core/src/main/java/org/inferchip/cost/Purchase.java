package org.inferchip.cost;

import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.SystemDescription.Enclosure;
import org.inferchip.energy.SystemPower;

/**
 * Dollars to buy so many chips of a system with their share of what is around them. Racks and
 * building are sized by the watts of the system at its plate: every chip at its limit.
 *
 * @param chips packages
 * @param server the enclosure's share
 * @param network ports outside the system
 * @param racks racks, busbars, pipes
 * @param building space, power and cooling plant
 */
public record Purchase(double chips, double server, double network, double racks, double building) {

  /** What so many chips of a system take. */
  public static Purchase of(final SystemDescription system, final int chips) {
    final Enclosure around = system.enclosure();
    final double share = (double) chips / system.count();
    return new Purchase(
        chips * ChipCost.of(system.chip()).price(),
        share * around.price(),
        around.site().map(site -> share * site.ports() * site.portPrice()).orElse(0.0),
        around.site().map(site -> watts(system, chips) * site.rack()).orElse(0.0),
        around.site().map(site -> watts(system, chips) * site.building()).orElse(0.0));
  }

  private static double watts(final SystemDescription system, final int chips) {
    return SystemPower.atLimit(system, chips).system();
  }

  /** Both together. */
  public Purchase plus(final Purchase o) {
    return new Purchase(
        chips + o.chips,
        server + o.server,
        network + o.network,
        racks + o.racks,
        building + o.building);
  }

  /** What is written off with the chips: all but the building. */
  public double equipment() {
    return chips + server + network + racks;
  }

  /** All of it. */
  public double total() {
    return equipment() + building;
  }
}
