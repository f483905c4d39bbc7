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
}
