package org.inferchip.arch.area;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ChipTotals;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.api.Test;

/** Expected areas are those of LLMCompass's model, run elsewhere, and of die photographs. */
class AreaModelTest {
  private static Chip chip(final String name, final String... changes) {
    return Descriptions.here().read(Kind.CHIP, name, Overrides.parse(List.of(changes))).value();
  }

  @Test
  void shouldAddUpTheWholeDieOfGa100() {
    final AreaParts parts =
        AreaParts.of(
            chip(
                "a100-sxm-80g",
                "cores[0].count=128",
                "cores[0].local.capacity=192 KiB",
                "shared.capacity=48 MiB",
                "memory.stacks=6"));
    // LLMCompass: cores 524.9, of which 29.2 are fp64 units; to each other 58.9; buffer 113.7; HBM
    // 97.1; NVLink 32.0; it leaves PCIe out (5.5 here: 31.5 GB/s).
    assertEquals(524.9 - 29.2 + 58.9, parts.cores(), 0.04 * 554);
    assertEquals(113.7, parts.shared(), 0.06 * 113.7);
    assertEquals(97.1, parts.external(), 0.5);
    assertEquals(32.0 + 5.5, parts.links(), 0.5);
    assertEquals(826, parts.total(), 0.05 * 826);
  }

  @Test
  void shouldLeaveADescribedChipAsItIs() {
    for (final String name :
        Descriptions.here().catalog().names("arch-configs/chips", Catalog.YAML)) {
      final Chip chip = chip(name);
      final double stated = ChipTotals.of(chip).dieArea();
      assertEquals(stated, AreaModel.of(chip).area(chip), 1e-9 * stated, name);
    }
  }

  @Test
  void shouldGrowWithMemoryAndCores() {
    final Chip base = chip("h100-sxm");
    final AreaModel model = AreaModel.of(base);
    // 50 MiB of L2 more: 8 x 50 x 2^20 cells of 0.0235 um2 (4 nm), 6-fold, over 0.602: 98 mm2.
    final double l2 = model.area(chip("h100-sxm", "shared.capacity=100 MiB")) - 814;
    assertEquals(0.02045e-6 * 6 * 8 * 50 * 1024 * 1024 / 0.602, l2, 0.01);
    // 132 of 144 cores: the whole die less its L2, memory and links is 4.3 to 5 mm2 a core.
    final double core = (model.area(chip("h100-sxm", "cores[0].count=144")) - 814) / 12;
    assertTrue(core > 4 && core < 5, "mm2 a core: " + core);
    // A sixth stack: a PHY of 10.45 mm2 and its controller.
    final double stack = model.area(chip("h100-sxm", "memory.stacks=6")) - 814;
    assertEquals(14, stack, 0.7);
  }

  @Test
  void shouldTakeMoreStacksForMoreBandwidthThanTheirsReach() {
    final Chip base = chip("h100-sxm");
    final AreaModel model = AreaModel.of(base);
    assertEquals(814, model.area(chip("h100-sxm", "memory.bandwidth=4 TB/s")), 1e-6);
    // 8.19 TB/s are ten stacks of HBM3.
    final double wide = model.area(chip("h100-sxm", "memory.bandwidth=8.19 TB/s"));
    assertEquals(model.area(chip("h100-sxm", "memory.stacks=10")), wide, 1e-6);
  }

  @Test
  void shouldNeverShrinkWithMoreLocalMemory() {
    final AreaModel model = AreaModel.of(chip("chiplet-quad"));
    double last = 0;
    for (int kib = 8; kib <= 4096; kib += 8) {
      final double area =
          model.area(chip("chiplet-quad", "cores[0].local.capacity=" + kib + " KiB"));
      assertTrue(area > last, kib + " KiB: " + area);
      last = area;
    }
  }

  @Test
  void shouldKeepAnAreaThatTheVariantStates() {
    final AreaModel model = AreaModel.of(chip("h100-sxm"));
    final Chip variant = chip("h100-sxm", "dies[0].area=700 mm2", "cores[0].count=144");
    assertEquals(700, model.area(variant), 1e-9);
  }

  @Test
  void shouldShareCoresOverMoreDiesOfOneKind() {
    final AreaModel model = AreaModel.of(chip("chiplet-quad"));
    final Chip twice = chip("chiplet-quad", "dies[0].count=8", "cores[0].count=128");
    // As many cores on each die; what all dies share of memory is spread over twice as many.
    assertEquals(250, model.dies(twice).get(0).area(), 0.05 * 250);
  }
}
