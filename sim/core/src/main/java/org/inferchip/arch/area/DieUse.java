package org.inferchip.arch.area;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Die;

/**
 * What the dies of one kind are filled with, mm2 of all of them: memories, the edge (controllers
 * and PHYs) by {@link AreaParts}, scaled down where the parts exceed the stated area; logic is the
 * rest, described or not.
 *
 * @param node marketing node, nm
 * @param cores whether cores stand on them
 * @param logic units, control, networks, all that no description has
 * @param sram local memories, registers and shared levels, with what is around their cells
 * @param edge controllers and PHYs of memory and links
 */
public record DieUse(double node, boolean cores, double logic, double sram, double edge) {

  /** The use of a chip's dies, by kind. */
  public static List<DieUse> of(final Chip chip) {
    final AreaParts parts = AreaParts.of(chip);
    return chip.dies().stream().map(die -> of(chip, die, parts)).toList();
  }

  private static DieUse of(final Chip chip, final Die die, final AreaParts parts) {
    final double stated = die.areaOfAll();
    final double fit = Math.min(1, stated / Math.max(stated, AreaModel.on(chip, die, parts)));
    final boolean cores = die.equals(Dies.ofCores(chip));
    double sram = 0;
    double edge = 0;
    if (cores) {
      sram += parts.memories();
      edge += parts.dieLinks();
    }
    if (die.equals(Dies.ofMemory(chip))) {
      sram += parts.shared();
      edge += parts.external();
    }
    if (die.equals(Dies.ofLinks(chip))) {
      edge += parts.links();
    }
    return new DieUse(
        die.process(chip).node(), cores, stated - fit * (sram + edge), fit * sram, fit * edge);
  }
}
