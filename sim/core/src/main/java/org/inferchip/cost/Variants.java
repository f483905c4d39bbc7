package org.inferchip.cost;

import org.inferchip.arch.Chip;
import org.inferchip.arch.area.AreaModel;

/**
 * Chips made of a described one by changing its parts: their dies have the area that follows
 * ({@link AreaModel}), and what a buyer pays follows what it costs to make them. A stated price or
 * rent is multiplied by the ratio of manufacturing costs, so that the maker's margin stays; a price
 * that follows from a margin does so anyway.
 */
public final class Variants {
  private final AreaModel area;
  private final double made;

  private Variants(final Chip base) {
    this.area = AreaModel.of(base);
    this.made = ChipCost.of(base).made();
  }

  /** What may be made of a chip. */
  public static Variants of(final Chip base) {
    return new Variants(base);
  }

  /** How large a variant is. */
  public AreaModel area() {
    return area;
  }

  /** A variant with the area and the price that follow. */
  public Chip fit(final Chip variant) {
    final Chip sized = variant.with(area.dies(variant), variant.cost());
    final double ratio = ChipCost.of(sized).made() / made;
    return sized.with(sized.dies(), variant.cost().scaled(ratio));
  }
}
