package org.inferchip.cost;

import java.util.List;
import org.inferchip.arch.Carrier;
import org.inferchip.arch.Carrier.Interposer;
import org.inferchip.arch.Carrier.Substrate;
import org.inferchip.arch.Die;

/**
 * Dollars to put good dies and stacks of memory into a package, by the formulas of Chiplet Actuary
 * (its package.py of 2024). With n dies and stacks that cost {@code chips} (bumps included), on a
 * substrate alone:
 *
 * <pre>
 *   substrate = 4 x area x price x (1, or for several dies 1.5, 1.75 over 289 mm2, 2 over 900 mm2)
 *   lost      = (substrate + chips) (1 / y^n - 1)
 * </pre>
 *
 * and over an interposer of yield y1 with bonds of yield y2, itself bonded with y3:
 *
 * <pre>
 *   chips last   lost = interposer (1 / (y1 y2^n y3) - 1) + substrate (1 / y3 - 1)
 *                       + chips (1 / (y2^n y3) - 1)
 *   chips first  lost = interposer (1 / (y1 y3) - 1) + substrate (1 / y3 - 1)
 *                       + chips (1 / (y1 y3) - 1)
 * </pre>
 *
 * Unlike there, micro-bumps are counted for every die of a kind, and stacks of memory stand on the
 * interposer beside the dies; bridges are bought good and cost what they cost. Dies on other dies
 * take no room. Bonds of dies on dies count like bonds to the interposer.
 *
 * @param interposer dollars, bumps below it and bridges included
 * @param substrate dollars
 * @param bumps dollars for the bumps of dies and stacks
 * @param lostPackage interposers and substrates lost to defects and failed bonds
 * @param lostChips good dies and stacks lost with them
 * @param footprint mm2 of dies and stacks side by side
 */
public record PackageCost(
    double interposer,
    double substrate,
    double bumps,
    double lostPackage,
    double lostChips,
    double footprint) {
  private static final double MEDIUM_PACKAGE = 17 * 17;
  private static final double LARGE_PACKAGE = 30 * 30;

  /**
   * Equal things that are bonded.
   *
   * @param count of them
   * @param area of one, mm2
   * @param dollars of one that is known to be good
   * @param raised whether it stands on another
   */
  record Part(int count, double area, double dollars, boolean raised) {}

  /** The package of some parts. */
  static PackageCost of(final Carrier carrier, final List<Part> parts) {
    int bonds = 0;
    double footprint = 0;
    double silicon = 0;
    double chips = 0;
    for (final Part part : parts) {
      bonds += part.count();
      footprint += part.raised() ? 0 : part.count() * part.area();
      silicon += part.count() * part.area();
      chips += part.count() * part.dollars();
    }
    final Substrate base = carrier.substrate();
    if (carrier.interposer().isEmpty()) {
      final double area = footprint * base.areaScale();
      final double substrate = area * base.price() * layers(bonds, area);
      final double bumps = silicon * base.bump();
      final double again = 1 / StrictMath.pow(base.bondYield(), bonds) - 1;
      return new PackageCost(
          0, substrate, bumps, substrate * again, (chips + bumps) * again, footprint);
    }
    final Interposer between = carrier.interposer().get();
    final double area = footprint * between.areaScale();
    final double bridges =
        carrier
                .bridges()
                .map(bridge -> DieCost.of(die(bridge), bridge.process()).dollars())
                .orElse(0.0)
            * (bonds - 1);
    final double interposer =
        between.waferPrice() / DieCost.gross(area) + area * base.bump() + bridges;
    final double substrate = area * base.areaScale() * base.price();
    final double bumps = silicon * between.bump();
    final double made = Yield.clustered(between.defectDensity(), area, between.clustering());
    final double bonded = StrictMath.pow(between.bondYield(), bonds);
    final boolean first = between.chipsFirst().orElse(false);
    final double mounted = base.bondYield();
    final double lost =
        interposer * (1 / (made * (first ? 1 : bonded) * mounted) - 1)
            + substrate * (1 / mounted - 1);
    final double wasted = (chips + bumps) * (1 / ((first ? made : bonded) * mounted) - 1);
    return new PackageCost(interposer, substrate, bumps, lost, wasted, footprint);
  }

  /** Dollars for a package in which nothing goes wrong. */
  public double raw() {
    return interposer + substrate + bumps;
  }

  /** More layers join several dies. */
  private static double layers(final int bonds, final double area) {
    if (bonds == 1) {
      return 1;
    }
    return area > LARGE_PACKAGE ? 2 : area > MEDIUM_PACKAGE ? 1.75 : 1.5;
  }

  private static Die die(final Carrier.Bridges bridge) {
    return new Die("bridge", 1, bridge.area(), 0);
  }
}
