package org.inferchip.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.energy.SystemPower.Around;
import org.inferchip.engine.LawViolation;
import org.junit.jupiter.api.Test;

class EnergyLawTest {
  private static final EnergyBreakdown PARTS = new EnergyBreakdown(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

  @Test
  void shouldHoldOfASum() {
    EnergyLaw.check("joules", 55, PARTS);
    EnergyLaw.check("joules", 55 * (1 + 0.9e-9), PARTS);
  }

  @Test
  void shouldFailWhereAPartIsLostOrCountedTwice() {
    assertThrows(LawViolation.class, () -> EnergyLaw.check("joules", 55 - 8, PARTS));
    assertThrows(LawViolation.class, () -> EnergyLaw.check("joules", 55 + 8, PARTS));
    assertThrows(LawViolation.class, () -> EnergyLaw.check("joules", 55 * (1 + 1.1e-9), PARTS));
  }

  @Test
  void shouldFailWhereAPartIsNoEnergy() {
    final EnergyBreakdown negative = new EnergyBreakdown(-1, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThrows(LawViolation.class, () -> EnergyLaw.check("joules", 1, negative));
    final EnergyBreakdown nothing = new EnergyBreakdown(Double.NaN, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThrows(LawViolation.class, () -> EnergyLaw.check("joules", Double.NaN, nothing));
  }

  @Test
  void shouldNameTheBoundaryWhoseWattsAreNotThoseOfItsParts() {
    final Around around = new Around(10, 20, 30, 40, 50);
    assertEquals(List.of(), new SystemPower(100, 110, 200, 250, around).violations());
    final List<String> broken = new SystemPower(100, 110, 201, 250, around).violations();
    assertEquals(2, broken.size());
    assertTrue(broken.get(0).startsWith("watts of the system"), broken.toString());
    assertTrue(broken.get(1).startsWith("watts of the facility"), broken.toString());
  }
}
