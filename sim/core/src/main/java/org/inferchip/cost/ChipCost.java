package org.inferchip.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Carrier;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Die;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Dollars to make one package and to buy it.
 *
 * <pre>
 *   made  = silicon + yield loss + memory + packaging + bonding loss + test
 *   price = what the description says, else (made + development) / (1 - margin)
 * </pre>
 *
 * Development ({@link DevelopmentCost}) counts where its volume is stated. Silicon and yield loss
 * are {@link DieCost}'s, packaging and bonding loss {@link PackageCost}'s. Where the description
 * states packaging and no carrier, that sum stands, and dies and memory are lost to one bond each,
 * and one more, of yield 0.99; on-board memory is bonded too then: a few dollars too many.
 *
 * @param silicon wafer under the dies
 * @param yieldLoss wafer under dies that do not sell
 * @param memory external memory
 * @param packaging interposer, substrate, bumps
 * @param bondingLoss good parts lost to failed bonds and to defects of the interposer
 * @param test test and assembly
 * @param development a package's share of what is spent once; 0 where no volume is stated
 * @param price what a buyer pays
 */
public record ChipCost(
    double silicon,
    double yieldLoss,
    double memory,
    double packaging,
    double bondingLoss,
    double test,
    double development,
    double price) {
  private static final double BOND_YIELD = 0.99;
  private static final double BYTES_PER_GIGABYTE = 1e9;

  /** Manufacturing cost. */
  public double made() {
    return silicon + yieldLoss + memory + packaging + bondingLoss + test;
  }

  /** Dies that sell. */
  public double dies() {
    return silicon + yieldLoss;
  }

  /** What adds up to the price, in the order in which it is spent; the margin may be negative. */
  public Map<String, Double> waterfall() {
    final Map<String, Double> steps = new LinkedHashMap<>();
    steps.put("die", silicon);
    steps.put("yield_loss", yieldLoss);
    steps.put("memory", memory);
    steps.put("packaging", packaging);
    steps.put("bonding_loss", bondingLoss);
    steps.put("test", test);
    steps.put("development", development);
    steps.put("margin", price - made() - development);
    return steps;
  }

  /**
   * The cost of a chip.
   *
   * @throws InvalidInputException if neither price nor margin is known
   */
  public static ChipCost of(final Chip chip) {
    double silicon = 0;
    double good = 0;
    for (final Die die : chip.dies()) {
      final DieCost cost = DieCost.of(die, die.process(chip));
      silicon += die.count() * cost.raw();
      good += die.count() * cost.dollars();
    }
    final double memory = memory(chip);
    final Optional<Double> stated = chip.cost().packaging();
    final double packaging;
    final double lost;
    if (stated.isPresent()) {
      packaging = stated.get();
      lost = (good + memory) * (1 / StrictMath.pow(BOND_YIELD, bonds(chip) + 1) - 1);
    } else {
      final Carrier carrier = chip.cost().carrier().orElseThrow();
      final PackageCost cost = PackageCost.of(carrier, parts(chip, carrier));
      packaging = cost.raw();
      lost = cost.lostPackage() + cost.lostChips();
    }
    final double test = chip.cost().test();
    final double development = development(chip);
    final double spent = good + memory + packaging + lost + test + development;
    return new ChipCost(
        silicon, good - silicon, memory, packaging, lost, test, development, price(chip, spent));
  }

  private static int bonds(final Chip chip) {
    return chip.dies().stream().mapToInt(Die::count).sum()
        + chip.memory().map(ExternalMemory::stacks).orElse(0);
  }

  private static double development(final Chip chip) {
    return chip.cost()
        .development()
        .flatMap(
            plan -> plan.volume().map(volume -> DevelopmentCost.of(chip, plan).total() / volume))
        .orElse(0.0);
  }

  /** What is bonded into a package. */
  static List<PackageCost.Part> parts(final Chip chip, final Carrier carrier) {
    final List<String> raised = carrier.raised().orElse(List.of());
    final List<PackageCost.Part> parts = new ArrayList<>();
    for (final Die die : chip.dies()) {
      final double good = DieCost.of(die, die.process(chip)).dollars();
      parts.add(new PackageCost.Part(die.count(), die.area(), good, raised.contains(die.name())));
    }
    if (carrier.stackArea().isPresent() && chip.memory().isPresent()) {
      final int stacks = chip.memory().get().stacks();
      parts.add(
          new PackageCost.Part(stacks, carrier.stackArea().get(), memory(chip) / stacks, false));
    }
    return parts;
  }

  private static double memory(final Chip chip) {
    return chip.memory().map(ExternalMemory::capacity).orElse(0.0)
        / BYTES_PER_GIGABYTE
        * chip.cost().memoryPrice();
  }

  private static double price(final Chip chip, final double spent) {
    return chip.cost()
        .price()
        .or(() -> chip.cost().margin().map(margin -> spent / (1 - margin)))
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
