package org.inferchip.arch.area;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Die;
import org.inferchip.arch.DieLinks;

/**
 * Which dies of a package parts stand on: cores and memory on those that the links between dies
 * name, else cores on the first kind, the shared level and external memory on the last; links to
 * other chips on the last.
 */
public final class Dies {
  private Dies() {}

  /** The kind that cores stand on. */
  public static Die ofCores(final Chip chip) {
    return named(chip, chip.dieLinks().map(DieLinks::cores).orElse(first(chip).name()));
  }

  static Die ofMemory(final Chip chip) {
    return named(chip, chip.dieLinks().map(DieLinks::memory).orElse(ofLinks(chip).name()));
  }

  static Die ofLinks(final Chip chip) {
    final List<Die> dies = chip.dies();
    return dies.get(dies.size() - 1);
  }

  private static Die first(final Chip chip) {
    return chip.dies().get(0);
  }

  private static Die named(final Chip chip, final String name) {
    return chip.dies().stream().filter(die -> die.name().equals(name)).findFirst().orElseThrow();
  }
}
