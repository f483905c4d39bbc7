package org.inferchip.cost;

import org.inferchip.arch.Chip;
import org.inferchip.arch.Cost;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.MemoryKind;
import org.inferchip.arch.area.AreaModel;
import org.inferchip.arch.derive.VariantPower;

/**
 * Chips made of a described one by changing its parts: their dies have the area that follows
 * ({@link AreaModel}), floors and limit go with it ({@link VariantPower}), and what a buyer pays
 * follows what it costs to make them. A stated price or rent is multiplied by the ratio of
 * manufacturing costs, so that the maker's margin stays; a price that follows from a margin does so
 * anyway.
 *
 * <p>Memory is paid for by the stack: bandwidth that takes more stacks (devices) than are stated,
 * at the fastest announced rate of the kind, or more stacks at the same capacity, cost as many
 * stacks of the size that the described chip has, used or not.
 */
public final class Variants {
  private final Chip base;
  private final AreaModel area;
  private final VariantPower power;
  private final double made;

  private Variants(final Chip base) {
    this.base = base;
    this.area = AreaModel.of(base);
    this.power = VariantPower.of(base);
    this.made = ChipCost.of(base).made();
  }

  /** What may be made of a chip. */
  public static Variants of(final Chip base) {
    return new Variants(base);
  }

  /** A variant with the area, the power and the price that follow. */
  public Chip fit(final Chip variant) {
    final Cost cost = variant.cost().withMemoryPrice(memoryPrice(variant));
    final Chip sized = variant.with(area.dies(variant), variant.power(), cost);
    final double ratio = ChipCost.of(sized).made() / made;
    return sized.with(sized.dies(), power.power(sized), cost.scaled(ratio));
  }

  /** Dollars for a gigabyte that is used. */
  private double memoryPrice(final Chip variant) {
    final double price = variant.cost().memoryPrice();
    if (variant.memory().isEmpty() || variant.memory().equals(base.memory())) {
      return price;
    }
    final ExternalMemory memory = variant.memory().get();
    final double paid =
        base.memory()
            .filter(before -> before.kind().equals(memory.kind()))
            .map(before -> stacks(memory) * before.capacity() / before.stacks())
            .orElse(0.0);
    return price * Math.max(1, paid / memory.capacity());
  }

  /** As many as are stated, or as the bandwidth takes. */
  private static double stacks(final ExternalMemory memory) {
    return MemoryKind.of(memory.kind())
        .map(kind -> Math.ceil(memory.bandwidth() / kind.bytesPerSecond()))
        .filter(needed -> needed > memory.stacks())
        .orElse((double) memory.stacks());
  }
}
