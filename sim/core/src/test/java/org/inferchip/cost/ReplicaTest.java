package org.inferchip.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.inferchip.cost.Replica.Fleet;
import org.inferchip.cost.Replica.Limits;
import org.junit.jupiter.api.Test;

/** An eight-GPU node: 10.4 kW at the plug and PUE 1.3, 400,000 dollars, 12.5 $/h. */
class ReplicaTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  /** 370 million tokens an hour, a tenth of them prompts. */
  private static final Replica NODE =
      new Replica(8, 13_520, 400_000, 12.5, 370e6 / 3600 * 0.1, 370e6 / 3600 * 0.9);

  private static OptionalDouble of(final double value) {
    return OptionalDouble.of(value);
  }

  @Test
  void shouldFillABuilding() {
    // 2 MW / 13.52 kW = 147.9.
    assertEquals(new Fleet(147, "megawatts"), NODE.fleet(new Limits(of(2), of(1e9), NONE, NONE)));
    assertEquals(102_777.8 * 1e6 / 13_520, NODE.totalRate() / NODE.limitWatts() * 1e6, 50);
  }

  @Test
  void shouldSpendABudget() {
    assertEquals(new Fleet(12, "budget"), NODE.fleet(new Limits(of(2), of(5e6), NONE, NONE)));
    assertEquals(new Fleet(4, "hourly"), NODE.fleet(new Limits(of(2), of(5e6), of(50), NONE)));
  }

  @Test
  void shouldBuyNoMoreThanIsAskedFor() {
    final Limits limits = new Limits(of(2), NONE, NONE, of(200_000));
    assertEquals(new Fleet(3, "demand"), NODE.fleet(limits));
    assertEquals(new Fleet(0, "budget"), NODE.fleet(new Limits(NONE, of(399_999), NONE, of(1e6))));
  }

  @Test
  void shouldRefuseToBuyWithoutEnd() {
    assertThrows(IllegalArgumentException.class, () -> new Limits(NONE, NONE, NONE, NONE));
  }

  @Test
  void shouldFindThePackagesThatPayForDevelopment() {
    // 1,000 million over 28,000 - 3,000 a package.
    assertEquals(40_000, BreakEven.packages(1e9, 3000, 28_000).orElseThrow(), 1e-6);
    assertTrue(BreakEven.packages(1e9, 3000, 2999).isEmpty());
  }

  @Test
  void shouldFindThePriceAtWhichTokensCostTheSame() {
    // Chips are 80 % of 10 of 12.5 $/h: 8 $/h at 50,000 $. At 1.4 times the dollars an hour the
    // chips may take 8 + 5.0 = 13 $/h.
    assertEquals(50_000 * 13.0 / 8, BreakEven.parity(1.4, 12.5, 10, 0.8, 50_000), 1e-6);
    assertTrue(BreakEven.parity(0.1, 12.5, 10, 0.8, 50_000) < 0);
  }
}
