package org.inferchip.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.api.Test;

class VariantsTest {
  private static Chip h100(final String... changes) {
    return Descriptions.here()
        .read(Kind.CHIP, "h100-sxm", Overrides.parse(List.of(changes)))
        .value();
  }

  @Test
  void shouldLeaveTheChipItselfAsItIs() {
    final Chip base = h100();
    final Chip same = Variants.of(base).fit(base);
    assertEquals(814, same.dies().get(0).area(), 1e-9);
    assertEquals(28_000, ChipCost.of(same).price(), 1e-6);
  }

  @Test
  void shouldPriceAVariantAtTheMarginOfTheChip() {
    final Chip base = h100();
    final Chip larger = Variants.of(base).fit(h100("shared.capacity=100 MiB"));
    final double margin = ChipCost.of(base).made() / ChipCost.of(base).price();
    assertTrue(larger.dies().get(0).area() > 880, "98 mm2 of cache more");
    assertTrue(ChipCost.of(larger).price() > 28_000);
    assertEquals(margin, ChipCost.of(larger).made() / ChipCost.of(larger).price(), 1e-12);
    final double rent = larger.cost().rental().orElseThrow() / base.cost().rental().orElseThrow();
    assertEquals(ChipCost.of(larger).price() / 28_000, rent, 1e-12);
  }

  @Test
  void shouldLeaveThePowerOfTheChipItselfAsItIs() {
    final Chip base = h100();
    final Chip same = Variants.of(base).fit(base);
    assertEquals(700, same.power().tdp(), 1e-9);
    assertEquals(133, same.power().idle(), 1e-9);
    assertEquals(175, same.power().busyFloor(), 1e-9);
  }

  @Test
  void shouldGiveMoreCoresMoreWatts() {
    final Variants model = Variants.of(h100());
    final Chip half = model.fit(h100("cores[0].count=66"));
    final Chip same = model.fit(h100());
    // Half the cores, half the instruction supply; memory at rest stays.
    assertTrue(half.power().busyFloor() > 0.4 * 175 && half.power().busyFloor() < 0.7 * 175);
    assertTrue(half.power().idle() < 0.8 * 133 && half.power().idle() > 0.4 * 133);
    assertTrue(half.power().tdp() < 0.75 * same.power().tdp());
    final Chip wide = model.fit(h100("memory.bandwidth=6.7 TB/s"));
    // 158 W of HBM more, of 986 W at the peaks.
    assertEquals(700 * (1 + 158 / 986.0), wide.power().tdp(), 20);
    assertEquals(90, model.fit(h100("power.idle=90 W", "cores[0].count=66")).power().idle());
  }

  @Test
  void shouldPayForTheStacksThatBandwidthTakes() {
    final Chip base = h100();
    final Variants model = Variants.of(base);
    final double before = ChipCost.of(base).memory();
    // 5 stacks reach 4.1 TB/s; 6.7 TB/s take 9, 12 TB/s take 15.
    final Chip faster = model.fit(h100("memory.bandwidth=4 TB/s"));
    assertEquals(before, ChipCost.of(faster).memory(), 1e-9);
    final Chip wide = model.fit(h100("memory.bandwidth=6.7 TB/s"));
    assertEquals(before * 9 / 5, ChipCost.of(wide).memory(), 1e-9 * before);
    final Chip more = model.fit(h100("memory.stacks=6", "memory.capacity=96 GiB"));
    assertEquals(before * 6 / 5, ChipCost.of(more).memory(), 1e-9 * before);
  }
}
