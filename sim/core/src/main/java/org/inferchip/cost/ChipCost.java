package org.inferchip.cost;

import org.inferchip.arch.Chip;
import org.inferchip.arch.Die;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Dollars to make one package and to buy it.
 *
 * <pre>
 *   made  = dies + memory + packaging + test + scrap
 *   scrap = (dies + memory) (1 / y^(bonds + 1) - 1),  y = 0.99, bonds = dies + memory stacks
 *   price = what the description says, else made / (1 - margin)
 * </pre>
 *
 * Scrap is good parts lost when a bond of a chip-last package fails (Chiplet Actuary; it takes 0.95
 * for silicon interposers, which is too pessimistic for ten bonds). On-board memory of packages
 * without stacks in the package is bonded too here: a few dollars too many.
 *
 * @param dies silicon
 * @param memory external memory
 * @param packaging interposer, substrate, bonding
 * @param test test and assembly
 * @param scrap good parts lost to failed bonds
 * @param price what a buyer pays
 */
public record ChipCost(
    double dies, double memory, double packaging, double test, double scrap, double price) {
  private static final double BOND_YIELD = 0.99;
  private static final double BYTES_PER_GIGABYTE = 1e9;

  /** Manufacturing cost. */
  public double made() {
    return dies + memory + packaging + test + scrap;
  }

  /**
   * The cost of a chip.
   *
   * @throws InvalidInputException if neither price nor margin is known
   */
  public static ChipCost of(final Chip chip) {
    double dies = 0;
    int bonds = 1;
    for (final Die die : chip.dies()) {
      dies += die.count() * DieCost.of(die, chip.process()).dollars();
      bonds += die.count();
    }
    bonds += chip.memory().map(ExternalMemory::stacks).orElse(0);
    final double gigabytes =
        chip.memory().map(ExternalMemory::capacity).orElse(0.0) / BYTES_PER_GIGABYTE;
    final double memory = gigabytes * chip.cost().memoryPrice();
    final double scrap = (dies + memory) * (1 / StrictMath.pow(BOND_YIELD, bonds) - 1);
    final double made = dies + memory + chip.cost().packaging() + chip.cost().test() + scrap;
    return new ChipCost(
        dies, memory, chip.cost().packaging(), chip.cost().test(), scrap, price(chip, made));
  }

  private static double price(final Chip chip, final double made) {
    return chip.cost()
        .price()
        .or(() -> chip.cost().margin().map(margin -> made / (1 - margin)))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    new Problem(
                        "chip " + chip.name(),
                        0,
                        0,
                        "cost",
                        "no price can be derived",
                        "neither price nor margin",
                        "cost.price or cost.margin",
                        "")));
  }
}
