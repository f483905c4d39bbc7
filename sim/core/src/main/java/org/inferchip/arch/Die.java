package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * Equal dies of a package.
 *
 * @param name such as {@code compute}
 * @param count how many
 * @param area of one, mm2
 * @param harvest share of dies with a defect that still sell with parts switched off, 0 to 1
 * @param process of these dies, where it is not the chip's; absent: the chip's
 */
public record Die(
    String name,
    @Range(min = 1) int count,
    @Measure(Dimension.SQUARE_MILLIMETRES) @Range(min = 0, exclusive = true) double area,
    @Range(min = 0, max = 1) double harvest,
    Optional<Process> process) {

  /** Dies of the chip's process. */
  public Die(final String name, final int count, final double area, final double harvest) {
    this(name, count, area, harvest, Optional.empty());
  }

  /** The same dies with another area. */
  public Die withArea(final double other) {
    return new Die(name, count, other, harvest, process);
  }

  /** mm2 of them together. */
  public double areaOfAll() {
    return count * area;
  }

  /** mm2 of all dies of some kinds. */
  public static double areaOf(final List<Die> dies) {
    return dies.stream().mapToDouble(Die::areaOfAll).sum();
  }

  /** The process of these dies of a chip. */
  public Process process(final Chip chip) {
    return process.orElseGet(chip::process);
  }
}
