package org.inferchip.arch.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Source.Mark;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.lint.ChipLint;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;

class PowerModeTest {
  private static Described<Chip> chip(final String name, final String... changes) {
    return Descriptions.here().read(Kind.CHIP, name, Overrides.parse(List.of(changes)));
  }

  @Test
  void shouldRunAChipInAModeThatItDeclares() {
    final Chip whole = chip("jetson-orin").value();
    final Described<Chip> described = chip("jetson-orin", "power.mode=15w");
    final Chip low = described.value();
    // Power modes of AGX Orin: 6 of 16 cores (3 of 8 TPCs), 408 MHz, 15 W.
    assertEquals(6, low.cores().get(0).count());
    assertEquals(408e6, low.clock());
    assertEquals(136.5e9, low.memory().orElseThrow().bandwidth());
    assertEquals(15, low.power().tdp());
    assertEquals(0.985 * 15, low.power().most(), 1e-12);
    final double share = 6.0 / 16 * 0.408 / 1.3;
    assertEquals(share * whole.power().busyFloor(), low.power().busyFloor(), 1e-9);
    assertEquals(share * whole.peak().get(Format.BF16), low.peak().get(Format.BF16), 1e-3);
    assertEquals(Optional.of(Mark.RECALLED), described.sources().markOf("clock"));
    assertEquals(Optional.of(Mark.ESTIMATE), described.sources().markOf("power.idle"));
    assertEquals(Optional.of(Mark.CALCULATED), described.sources().markOf("power.busy_floor"));
    assertTrue(described.sources().uncovered().isEmpty());
  }

  @Test
  void shouldChangeModesOfASystemThatWasRead() {
    final Descriptions here = Descriptions.here();
    final Described<SystemDescription> low =
        here.system("jetson-orin", Optional.empty(), Overrides.parse(List.of("power.mode=15w")));
    final Described<SystemDescription> more =
        here.over(low, Overrides.parse(List.of("power.mode=50w")));
    assertEquals(408e6, low.value().chip().clock());
    assertEquals(828e6, more.value().chip().clock());
    assertEquals(16, more.value().chip().cores().get(0).count());
  }

  @Test
  void shouldKeepWhatIsSetOverAMode() {
    final Chip chip = chip("jetson-orin", "power.mode=15w", "clock=0.5 GHz").value();
    assertEquals(0.5e9, chip.clock());
    assertEquals(6, chip.cores().get(0).count());
  }

  @Test
  void shouldLowerEnergiesWithTheVoltage() {
    final Chip whole = chip("jetson-orin").value();
    final Chip low = chip("jetson-orin", "power.mode=30w", "power.modes.30w.voltage=0.8").value();
    assertEquals(
        0.64 * whole.energy().operation().get(Format.INT8),
        low.energy().operation().get(Format.INT8),
        1e-20);
    assertEquals(0.64 * whole.energy().port(), low.energy().port(), 1e-20);
    assertEquals(whole.energy().memory(), low.energy().memory());
  }

  @Test
  void shouldNameTheModesWhenOneIsUnknown() {
    final InvalidInputException bad =
        assertThrows(InvalidInputException.class, () -> chip("jetson-orin", "power.mode=20w"));
    assertTrue(bad.getMessage().contains("15w, 30w, 50w"), bad.getMessage());
  }

  @Test
  void shouldFindNothingOddInAnyModeOfAShippedChip() {
    for (final String name :
        Descriptions.here().catalog().names("arch-configs/chips", Catalog.YAML)) {
      for (final String mode :
          chip(name).value().power().modes().orElse(java.util.Map.of()).keySet()) {
        final Described<Chip> in = chip(name, "power.mode=" + mode);
        assertEquals(List.of(), ChipLint.check(in.value()), name + " " + mode);
        assertEquals(List.of(), in.sources().uncovered(), name + " " + mode);
        assertEquals(List.of(), in.sources().dangling(), name + " " + mode);
      }
    }
  }

  @Test
  void shouldWarnOfAModeThatIsMoreThanTheChip() {
    final Chip odd =
        chip(
                "jetson-orin",
                "power.modes.30w.clock=2 GHz",
                "power.modes.30w.cores=[20]",
                "power.modes.30w.tdp=5 W")
            .value();
    assertEquals(
        List.of("power.modes.30w.tdp", "power.modes.30w.clock", "power.modes.30w.cores"),
        ChipLint.check(odd).stream().map(one -> one.keyPath()).toList());
  }
}
