package org.inferchip.arch.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.api.Test;

class FloorsTest {
  private static Chip chip(final String name, final String... changes) {
    return Descriptions.here().read(Kind.CHIP, name, Overrides.parse(List.of(changes))).value();
  }

  @Test
  void shouldSplitButNotChangeTheFloorsOfEveryChip() {
    for (final String name :
        Descriptions.here().catalog().names("arch-configs/chips", Catalog.YAML)) {
      final Chip chip = chip(name);
      final Floors floors = Floors.of(chip);
      final List<Double> parts =
          List.of(
              floors.leakage(),
              floors.standby(),
              floors.otherIdle(),
              floors.clockTree(),
              floors.otherBusy());
      assertTrue(parts.stream().allMatch(watts -> watts >= 0), name + parts);
      assertEquals(
          chip.power().idle(),
          floors.leakage() + floors.standby() + floors.otherIdle(),
          1e-9 * chip.power().idle(),
          name);
      assertEquals(
          chip.power().busyFloor(),
          floors.clockTree() + floors.otherBusy(),
          1e-9 * chip.power().busyFloor(),
          name);
    }
  }

  @Test
  void shouldStateTheMeasuredRestOfMemoryDevices() {
    final Chip orin = chip("jetson-orin", "energy.devices.idle=1.3 W");
    assertEquals(1.3, Floors.of(orin).standby(), 1e-12);
  }

  @Test
  void shouldLetAFifthOfTheLimitOfLargeGpusGoIntoTheClockTree() {
    // The estimate that the law rests on: 20 % when active.
    for (final String name : List.of("a100-sxm-80g", "h100-sxm", "b200-sxm")) {
      final double share = FloorLaw.clockTree(chip(name)) / chip(name).power().tdp();
      assertTrue(share > 0.14 && share < 0.26, name + " " + share);
    }
  }

  @Test
  void shouldFollowAreaNodeAndClock() {
    final Chip base = chip("h100-sxm");
    final Chip large = chip("h100-sxm", "dies[0].area=1628 mm2");
    final Chip old = chip("h100-sxm", "process.node=28 nm", "dies[0].area=8000 mm2");
    final Chip slow = chip("h100-sxm", "clock=0.915 GHz");
    // All that is added is logic, 0.06 W/mm2.
    assertEquals(814 * 0.06, FloorLaw.leakage(large) - FloorLaw.leakage(base), 1e-9);
    assertTrue(FloorLaw.leakage(old) / 8000 < FloorLaw.leakage(base) / 814);
    assertEquals(0.915e9 / base.clock(), FloorLaw.clockTree(slow) / FloorLaw.clockTree(base), 1e-9);
  }
}
