package org.inferchip.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.SystemDescription.Enclosure;
import org.inferchip.arch.SystemDescription.Placement;
import org.junit.jupiter.api.Test;

class SystemPowerTest {
  /**
   * The eight-GPU node of the MLPerf power logs: host 950 + 400 W, fans 430 + 270, supplies .945.
   */
  private static final SystemDescription NODE =
      new SystemDescription(
          "node",
          "",
          null,
          8,
          null,
          new Enclosure(1380, 670, 0.945, 0, 120_000, 1.3, 4, 0.08, 0.05, 0.8),
          new Placement(Optional.empty(), Optional.empty()),
          Map.of());

  @Test
  void shouldReachTheWallReadingOfANodeAtFullLoad() {
    // 8 x 985 W + 1380 + 670 over .945 = 10,508 W; the wall read 10,401 W.
    final SystemPower power = SystemPower.of(NODE, 8, 8 * 985, 1);
    assertEquals(7880, power.board(), 1e-9);
    assertEquals(10_508, power.system(), 1);
    assertEquals(10_401, power.system(), 0.03 * 10_401);
    assertEquals(1.3 * power.system(), power.facility(), 1e-9);
    assertEquals(List.of(), power.violations());
    // 5.5 % of 10,508 W stay in the supplies.
    assertEquals(578, power.around().supply(), 1);
  }

  @Test
  void shouldChargeAShareOfTheBoxForAShareOfItsChips() {
    final SystemPower all = SystemPower.of(NODE, 8, 8 * 500, 0.5);
    final SystemPower two = SystemPower.of(NODE, 2, 2 * 500, 0.5);
    assertEquals(all.system() / 4, two.system(), 1e-9);
  }

  @Test
  void shouldRefuseMoreChipsThanTheSystemHas() {
    assertThrows(IllegalArgumentException.class, () -> SystemPower.of(NODE, 9, 1, 1));
  }
}
