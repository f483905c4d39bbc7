package org.inferchip.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Carrier;
import org.inferchip.arch.Carrier.Interposer;
import org.inferchip.arch.Carrier.Substrate;
import org.inferchip.arch.Die;
import org.inferchip.arch.Process;
import org.inferchip.arch.YieldModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against Chiplet Actuary's formulas with its own inputs (parameter.ini of 2024), computed apart
 * from this code; micro-bumps for every die.
 */
class PackageCostTest {
  private static final Process N5 = new Process("N5", 5, 16_988, 0.11);
  private static final Substrate ORGANIC = new Substrate(4, 0.005, 0.005, 0.99);
  private static final double CENT = 0.005;

  private static Carrier carrier(final Interposer between) {
    return new Carrier(
        "",
        ORGANIC,
        Optional.ofNullable(between),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Interposer fanOut(final boolean first) {
    return new Interposer(1.2, 1200, 0.05, 3, 0.01, 0.98, Optional.of(first));
  }

  private static PackageCost of(final Carrier carrier, final int count, final double area) {
    final double good = DieCost.of(new Die("die", count, area, 0), N5).dollars();
    return PackageCost.of(carrier, List.of(new PackageCost.Part(count, area, good, false)));
  }

  @ParameterizedTest
  @CsvSource({
    "POISSON, , 0.408",
    "NEGATIVE_BINOMIAL, , 0.424",
    "MURPHY, , 0.436",
    "NEGATIVE_BINOMIAL, 3, 0.457",
    "SEEDS, , 0.528"
  })
  void shouldYieldByTheLawThatIsAskedFor(
      final YieldModel model, final Double clustering, final double expected) {
    final Process process =
        new Process(
            "N5",
            5,
            16_988,
            0.11,
            Optional.of(model),
            Optional.ofNullable(clustering),
            Optional.empty(),
            Optional.empty());
    assertEquals(expected, Yield.of(process, 814), 0.0005);
  }

  @Test
  void shouldCountDiesOfAWafer() {
    final DieCost large = DieCost.of(new Die("d", 1, 814, 0), N5);
    assertEquals(57.5965, large.grossDies(), 1e-4);
    assertEquals(695.309, large.dollars(), CENT);
    assertEquals(571.7124, DieCost.of(new Die("d", 1, 100, 0), N5).grossDies(), 1e-4);
  }

  @Test
  void shouldPackOneDieOnASubstrate() {
    // Raw 292.946 with bumps of 4.00, defects 382.646; package 16.00, of which 0.162 lost.
    final DieCost die = DieCost.of(new Die("die", 1, 800, 0), N5);
    assertEquals(292.946 - 4, die.raw(), CENT);
    assertEquals(382.646, die.defect(), CENT);
    final PackageCost cost = of(carrier(null), 1, 800);
    assertEquals(16, cost.substrate(), CENT);
    assertEquals(0.162, cost.lostPackage(), CENT);
    assertEquals(6.824, cost.lostChips(), CENT);
  }

  @ParameterizedTest
  @CsvSource({
    "substrate, 35.200, 1.444, 14.373",
    "fan-out, 54.915, 26.610, 33.747",
    "fan-out chips first, 54.915, 21.937, 228.068",
    "interposer, 65.595, 53.778, 85.201"
  })
  void shouldPackFourDies(
      final String kind, final double made, final double lostPackage, final double lostChips) {
    final Interposer between =
        switch (kind) {
          case "substrate" -> null;
          case "fan-out" -> fanOut(false);
          case "fan-out chips first" -> fanOut(true);
          default -> new Interposer(1.1, 1937, 0.06, 6, 0.01, 0.95, Optional.empty());
        };
    final PackageCost cost = of(carrier(between), 4, 220);
    assertEquals(made, cost.interposer() + cost.substrate(), CENT);
    assertEquals(lostPackage, cost.lostPackage(), CENT);
    assertEquals(lostChips, cost.lostChips(), CENT);
    assertEquals(880 * (between == null ? 0.005 : 0.01), cost.bumps(), 1e-9);
  }

  @Test
  void shouldMakeFourSmallDiesCheaperThanOneLarge() {
    // Chiplet Actuary: 698.6 for one die of 800 mm2, 401.4 for four with a tenth more silicon.
    final double one = DieCost.of(new Die("d", 1, 800, 0), N5).dollars();
    final double four = 4 * DieCost.of(new Die("d", 4, 220, 0), N5).dollars();
    final PackageCost single = of(carrier(null), 1, 800);
    final PackageCost several = of(carrier(null), 4, 220);
    assertEquals(698.578, one + single.raw() + single.lostPackage() + single.lostChips(), CENT);
    assertEquals(401.417, four + several.raw() + several.lostPackage() + several.lostChips(), CENT);
    assertTrue(four < one);
  }

  @Test
  void shouldGiveNoRoomToDiesOnDies() {
    final PackageCost.Part base = new PackageCost.Part(2, 300, 50, false);
    final PackageCost flat =
        PackageCost.of(
            carrier(fanOut(false)), List.of(base, new PackageCost.Part(4, 100, 20, false)));
    final PackageCost stacked =
        PackageCost.of(
            carrier(fanOut(false)), List.of(base, new PackageCost.Part(4, 100, 20, true)));
    assertEquals(1000, flat.footprint());
    assertEquals(600, stacked.footprint());
    assertEquals(flat.lostChips(), stacked.lostChips(), 1e-12);
  }
}
