package org.inferchip.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Cost;
import org.inferchip.arch.Defaults;
import org.inferchip.arch.Die;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.Power;
import org.inferchip.arch.Process;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.SystemDescription.Enclosure;
import org.inferchip.arch.SystemDescription.Placement;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Worked examples done by hand or by Chiplet Actuary's own code, not by this package. */
class CostTest {
  private static final Process CSET_N5 = new Process("TSMC 4N", 4, 16_988, 0.11);

  private static Chip h100(final Cost cost, final double harvest) {
    return new Chip(
        "h100",
        "",
        1.755e9,
        CSET_N5,
        List.of(new Die("compute", 1, 814, harvest)),
        List.of(new CoreGroup("core", 1, null, null, null, null)),
        Optional.empty(),
        Optional.of(new ExternalMemory("HBM3", 5, 80e9, 3.35e12, 0.9, 80, 4e-7)),
        Optional.empty(),
        Optional.empty(),
        new Power(700, 100, 100),
        null,
        cost,
        Map.of(),
        new Defaults("vllm", ""),
        Map.of());
  }

  private static Cost cost(final Optional<Double> price, final Optional<Double> margin) {
    return new Cost(15, 467 + 55, 0, price, margin, Optional.of(2.95));
  }

  @Test
  void shouldYieldAsTheNegativeBinomialLaw() {
    final DieCost die = DieCost.of(new Die("compute", 1, 814, 0), CSET_N5);
    assertEquals(0.424, die.yield(), 0.0005);
    assertEquals(die.yield(), die.soldShare());
    assertEquals(695, die.dollars(), 1);
  }

  @Test
  void shouldMakeAnH100ForThePublishedSum() {
    // Die 695, HBM 1,200, interposer 467, substrate 55, scrap at 0.99 a bond 138: 2,556 dollars.
    final ChipCost h100 = ChipCost.of(h100(cost(Optional.empty(), Optional.of(0.88)), 0));
    assertEquals(138, h100.bondingLoss(), 0.5);
    assertEquals(2556, h100.made(), 1.5);
    assertEquals(h100.made() / 0.12, h100.price(), 1e-9);
  }

  @Test
  void shouldSellHarvestedDiesToo() {
    final DieCost all = DieCost.of(new Die("compute", 1, 814, 1), CSET_N5);
    final DieCost most = DieCost.of(new Die("compute", 1, 814, 0.7), CSET_N5);
    assertEquals(1, all.soldShare());
    assertEquals(0.8272, most.soldShare(), 0.0005);
    assertTrue(most.dollars() > all.dollars());
  }

  @Test
  void shouldTakeAWholeWaferForAWaferScaleDie() {
    final DieCost die = DieCost.of(new Die("wafer", 1, 46_225, 1), CSET_N5);
    assertEquals(16_988, die.dollars(), 1e-9);
  }

  @Test
  void shouldPreferTheStatedPrice() {
    final ChipCost chip = ChipCost.of(h100(cost(Optional.of(28_000.0), Optional.of(0.88)), 0));
    assertEquals(28_000, chip.price());
  }

  @Test
  void shouldRefuseAChipWithoutPriceAndMargin() {
    final Chip chip = h100(cost(Optional.empty(), Optional.empty()), 0);
    assertThrows(InvalidInputException.class, () -> ChipCost.of(chip));
  }

  @Test
  void shouldCostAnOwnedNodeAsTheWorkedExample() {
    // 400,000 $ over 4 y, 10.4 kW at the wall, PUE 1.3, 0.08 $/kWh: 11.4 + 1.1 = 12.5 $/h, and
    // 370 Mtok/h cost 0.034 $ a million.
    final SystemDescription node =
        new SystemDescription(
            "node",
            "",
            h100(cost(Optional.of(50_000.0), Optional.empty()), 0),
            8,
            null,
            new Enclosure(0, 0, 1, 0, 0, 1.3, 4, 0.08, 0, 1),
            new Placement(Optional.empty(), Optional.empty()),
            Map.of());
    final HourlyCost hourly = HourlyCost.of(node, 8, 10_400 * 1.3);
    assertEquals(11.4, hourly.capital(), 0.05);
    assertEquals(1.1, hourly.electricity(), 0.05);
    assertEquals(12.5, hourly.owned(), 0.05);
    assertEquals(8 * 2.95, hourly.rental().orElseThrow(), 1e-9);
    final TokenCost owned = TokenCost.of(hourly.owned(), 1, 3600, 0, 0, 370_000_000);
    assertEquals(0.034, owned.output(), 0.0005);
    // Rented at 48.2 $/h: 0.130 $ a million.
    assertEquals(0.130, TokenCost.of(48.2, 1, 3600, 0, 0, 370_000_000).output(), 0.0005);
  }

  @Test
  void shouldDivideTheSameMoneyBetweenInputAndOutput() {
    final TokenCost cost = TokenCost.of(36, 0.5, 100, 0.25, 3_000_000, 1_000_000);
    // 36 $/h at half use: 2 dollars for 100 s; a quarter of it for 3 M tokens in.
    assertEquals(0.5 / 3, cost.input(), 1e-12);
    assertEquals(1.5, cost.output(), 1e-12);
    assertEquals(0.5, cost.total(), 1e-12);
    assertEquals(500_000, cost.tokensPerDollar(), 1e-6);
  }
}
