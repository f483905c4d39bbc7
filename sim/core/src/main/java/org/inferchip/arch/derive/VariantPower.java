package org.inferchip.arch.derive;

import org.inferchip.arch.Chip;
import org.inferchip.arch.ChipTotals;
import org.inferchip.arch.Die;
import org.inferchip.arch.Power;
import org.inferchip.numerics.Format;

/**
 * Floors and limit of a chip made of a described one by changing its parts:
 *
 * <pre>
 *   idle  = leakage x law(variant) / law(base) + memory at rest, likewise + rest x dies(v)/dies(b)
 *   busy  = clock tree, likewise               + rest x cores(v) clock(v) / (cores(b) clock(b))
 *   limit = limit x draw(v) / draw(b)
 *   draw  = idle + busy + dearest format at its peak + memory at its bandwidth
 * </pre>
 *
 * <p>with the parts of {@link Floors} and the laws of {@link FloorLaw}, so that what was measured
 * on the base is scaled, not replaced. The limit follows what the chip would draw at most: a
 * designer gives twice the cores more watts. What the variant states anew stays.
 */
public final class VariantPower {
  private final Chip base;
  private final Floors floors;

  private VariantPower(final Chip base) {
    this.base = base;
    this.floors = Floors.of(base);
  }

  /** What may be made of a chip. */
  public static VariantPower of(final Chip base) {
    return new VariantPower(base);
  }

  /**
   * The power of a variant.
   *
   * @param variant with the area that follows
   */
  public Power power(final Chip variant) {
    final Power stated = variant.power();
    final double idle =
        stated.idle() == base.power().idle()
            ? floors.leakage() * ratio(FloorLaw.leakage(variant), FloorLaw.leakage(base))
                + floors.standby() * ratio(FloorLaw.standby(variant), FloorLaw.standby(base))
                + floors.otherIdle() * ratio(Die.areaOf(variant.dies()), Die.areaOf(base.dies()))
            : stated.idle();
    final double busy =
        stated.busyFloor() == base.power().busyFloor()
            ? floors.clockTree() * ratio(FloorLaw.clockTree(variant), FloorLaw.clockTree(base))
                + floors.otherBusy() * ratio(issued(variant), issued(base))
            : stated.busyFloor();
    final double more =
        ratio(
            idle + busy + work(variant),
            base.power().idle() + base.power().busyFloor() + work(base));
    return new Power(
        stated.tdp() == base.power().tdp() ? more * stated.tdp() : stated.tdp(),
        idle,
        busy,
        stated.limit().equals(base.power().limit())
            ? stated.limit().map(watts -> more * watts)
            : stated.limit(),
        stated.from(),
        stated.mode(),
        stated.modes());
  }

  private static double ratio(final double after, final double before) {
    return before == 0 ? 1 : after / before;
  }

  /** Cores times clock. */
  private static double issued(final Chip chip) {
    return chip.clock() * chip.coreCount();
  }

  /** Watts above the floors with units and memory at their peaks. */
  private static double work(final Chip chip) {
    final ChipTotals totals = ChipTotals.of(chip);
    double most = 0;
    for (final Format format : totals.peak().keySet()) {
      final double joules = chip.energy().operation().getOrDefault(format.dense(), 0.0);
      most = Math.max(most, totals.peak().get(format) * joules * format.kept());
    }
    return most + totals.memoryPower();
  }
}
