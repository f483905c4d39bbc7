package org.inferchip.cost;

import java.util.Optional;
import org.inferchip.arch.Carrier;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Development;
import org.inferchip.arch.Die;
import org.inferchip.arch.Process;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Dollars that are spent once, before the first package (Chiplet Actuary's split of the design cost
 * N of a node, which is for 300 mm2 and holds the first tape-out):
 *
 * <pre>
 *   modules = sum over kinds of die of 0.5 N A / 300      (+ a die-to-die module of 20 mm2 a node)
 *   dies    = sum over kinds of die of 0.3 N A / 300 + 0.2 N
 *   masks   = (tape-outs - 1) x a set, for each kind of die
 *   package = dollars a mm2 of interposer (or substrate) x area + fixed
 *   capital = interest until the first package, money spent evenly:
 *             sum x (((1 + r)^y - 1) / (y ln(1 + r)) - 1)
 * </pre>
 *
 * A kind of die is designed once, however many are in a package. Design costs are IBS figures that
 * the trade thinks high: good to a factor of two. Unlike in Chiplet Actuary's code, the fixed part
 * of a fan-out is not divided by 300 mm2, and an interposer's package design does not mix in the
 * price of a substrate.
 *
 * @param modules design of what dies are made of
 * @param dies physical design and first tape-out
 * @param masks of further tape-outs
 * @param packaging design of the package
 * @param software beyond what the design cost holds
 * @param capital interest until the first package
 */
public record DevelopmentCost(
    double modules, double dies, double masks, double packaging, double software, double capital) {
  private static final double REFERENCE_AREA = 300;
  private static final double MODULE_SHARE = 0.5;
  private static final double DIE_SHARE = 0.3;
  private static final double DIE_LINK_AREA = 20;

  /** All of it. */
  public double total() {
    return modules + dies + masks + packaging + software + capital;
  }

  /**
   * What it costs to develop a chip.
   *
   * @throws InvalidInputException if the process does not say what design and masks cost
   */
  public static DevelopmentCost of(final Chip chip, final Development plan) {
    double modules = 0;
    double dies = 0;
    double masks = 0;
    for (final Die die : chip.dies()) {
      final Process process = die.process(chip);
      final double design = known(chip, process, "design", process.design());
      final double perArea = design / REFERENCE_AREA;
      modules += MODULE_SHARE * perArea * die.area();
      dies += DIE_SHARE * perArea * die.area() + (1 - MODULE_SHARE - DIE_SHARE) * design;
      masks += (plan.tapeouts() - 1) * known(chip, process, "masks", process.masks());
    }
    if (chip.dieLinks().isPresent()) {
      modules +=
          MODULE_SHARE / REFERENCE_AREA * DIE_LINK_AREA * chip.process().design().orElse(0.0);
    }
    final double packaging = packaging(chip);
    final double spent = modules + dies + masks + packaging + plan.software();
    return new DevelopmentCost(
        modules, dies, masks, packaging, plan.software(), spent * interest(plan));
  }

  private static double packaging(final Chip chip) {
    return chip.cost()
        .carrier()
        .flatMap(
            carrier ->
                carrier
                    .design()
                    .map(design -> design.fixed() + area(chip, carrier) * design.area()))
        .orElse(0.0);
  }

  /** Of the interposer, or of the substrate where there is none. */
  private static double area(final Chip chip, final Carrier carrier) {
    final double footprint = PackageCost.of(carrier, ChipCost.parts(chip, carrier)).footprint();
    return footprint
        * carrier
            .interposer()
            .map(Carrier.Interposer::areaScale)
            .orElse(carrier.substrate().areaScale());
  }

  /** Interest on a dollar spent evenly over the years until the first package. */
  private static double interest(final Development plan) {
    if (plan.years() == 0 || plan.discount() == 0) {
      return 0;
    }
    final double grown = StrictMath.pow(1 + plan.discount(), plan.years());
    return (grown - 1) / (plan.years() * StrictMath.log1p(plan.discount())) - 1;
  }

  private static double known(
      final Chip chip, final Process process, final String key, final Optional<Double> dollars) {
    return dollars.orElseThrow(
        () ->
            new InvalidInputException(
                new Problem(
                    "chip " + chip.name(),
                    0,
                    0,
                    "process." + key,
                    "development costs cannot be derived",
                    process.name() + " without " + key,
                    "dollars",
                    "")));
  }
}
