package org.inferchip.arch.area;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Die;
import org.inferchip.arch.MatrixUnit;

/**
 * The area of a chip's variants. A described chip has the area that its description states; a
 * variant of it (other cores, memories, links) has
 *
 * <pre>
 *   area  = fit x parts(variant) + rest x (1 - c + c x cores(variant) / cores(base)) x shrink
 *   fit   = min(1, stated / parts(base)),   rest = stated - fit x parts(base)
 *   c     = share of the cores in parts(base),   shrink = density(base) / density(variant)
 * </pre>
 *
 * for each kind of die, with the parts of {@link AreaParts} on the dies where they stand. The rest
 * is what no description has: spare cores, networks, control, fp64 units. In the cores' share of
 * the parts it grows with their number, otherwise it stays, once a die. A die whose area the
 * variant states anew keeps that. Cores are counted by elements in a mesh and by cells in analog
 * arrays, of which only the digital parts are described.
 *
 * <p>Known error of the parts alone: GA100 (128 cores, 48 MiB, 6 stacks) 789 of 826 mm2, of which
 * 29 are fp64 units. Dies of the shipped GPUs for servers: 0.62 to 0.95 of the stated area with
 * only the enabled cores, GeForce dies 1.05 to 1.36 (their control is leaner), accelerators with
 * scratchpads 0.2 to 0.9. A difference between two variants is good to about 30 % of it (estimate:
 * LLMCompass's parts of GA100 and Aldebaran miss die photographs by 5 to 45 %, one by one).
 */
public final class AreaModel {
  private final Chip base;
  private final AreaParts parts;

  private AreaModel(final Chip base) {
    this.base = base;
    this.parts = AreaParts.of(base);
  }

  /** The model of a chip and what may be made of it. */
  public static AreaModel of(final Chip base) {
    return new AreaModel(base);
  }

  /** mm2 of all dies of a variant. */
  public double area(final Chip variant) {
    return Die.areaOf(dies(variant));
  }

  /** A variant's dies with the areas that follow from what stands on them. */
  public List<Die> dies(final Chip variant) {
    final AreaParts after = AreaParts.of(variant);
    return variant.dies().stream().map(die -> die.withArea(area(variant, die, after))).toList();
  }

  private double area(final Chip variant, final Die die, final AreaParts after) {
    final Die before =
        base.dies().stream().filter(one -> one.name().equals(die.name())).findFirst().orElse(null);
    if (before == null || before.area() != die.area()) {
      return die.area();
    }
    final double stated = before.areaOfAll();
    final double described = on(base, before, parts);
    final double fit = described == 0 ? 1 : Math.min(1, stated / described);
    final double rest = (stated - fit * described) * die.count() / before.count();
    final double shrink =
        Silicon.logicDensity(before.process(base).node())
            / Silicon.logicDensity(die.process(variant).node());
    final double ofCores = before.equals(Dies.ofCores(base)) ? parts.cores() / described : 0;
    final double perDie = cores(variant) / cores(base) * before.count() / die.count();
    final double more = 1 + ofCores * (perDie - 1);
    return (fit * on(variant, die, after) + rest * more * shrink) / die.count();
  }

  /** mm2 of the parts that stand on dies of a kind. */
  static double on(final Chip chip, final Die die, final AreaParts parts) {
    double sum = 0;
    if (die.equals(Dies.ofCores(chip))) {
      sum += parts.cores() + parts.dieLinks();
    }
    if (die.equals(Dies.ofMemory(chip))) {
      sum += parts.shared() + parts.external();
    }
    if (die.equals(Dies.ofLinks(chip))) {
      sum += parts.links();
    }
    return sum;
  }

  /** Cores of a chip, by elements in a mesh and by cells in analog arrays. */
  private static double cores(final Chip chip) {
    double cores = 0;
    for (final CoreGroup group : chip.cores()) {
      cores += group.count() * elements(group.matrix());
    }
    return cores;
  }

  private static double elements(final MatrixUnit unit) {
    if (unit instanceof final MatrixUnit.Mesh mesh) {
      return (double) mesh.rows() * mesh.columns();
    }
    if (unit instanceof final MatrixUnit.Analog array) {
      return (double) array.arrays() * array.rows() * array.columns() * array.cellsPerWeight();
    }
    return 1;
  }
}
