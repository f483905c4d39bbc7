package org.inferchip.mapping;

import java.util.List;
import java.util.function.Predicate;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.LocalMemory;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Placement;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * The core group of a chip that runs a program. Where a chip has several kinds: a matrix product
 * whose format analog arrays have runs on those; everything else on the other group with the most
 * multiply-accumulates a cycle. A program over several kinds is not made.
 *
 * @param group position in {@code Chip.cores}
 * @param count cores
 * @param arrays matrix arrays in a core
 * @param local local memory of a core
 * @param groups cores of each group within which cores can start together
 */
record Cores(int group, int count, int arrays, LocalMemory local, List<Integer> groups) {

  /** The cores that run an operator. */
  static Cores of(final Chip chip, final Operator operator) {
    final List<CoreGroup> groups = chip.cores();
    int best = -1;
    if (operator instanceof final MatMul product) {
      final Format format = product.multiplied();
      best = best(groups, group -> isAnalog(group) && rate(group, format) > 0);
    }
    best = best >= 0 ? best : best(groups, group -> !isAnalog(group));
    if (best < 0 && operator instanceof Attention) {
      throw new InvalidInputException(
          Problem.ofFile(
                  chip.name(),
                  "attention multiplies keys and values that change with every token, which analog"
                      + " arrays cannot hold")
              .but("analog arrays only", "a group of digital cores beside them"));
    }
    best = best >= 0 ? best : best(groups, group -> true);
    final CoreGroup group = groups.get(best);
    return new Cores(
        best,
        group.count(),
        group.matrix().arrays(),
        group.local(),
        group.groups().orElse(List.of(group.count())));
  }

  /** Of the groups that pass, the one with the highest rate, the first of equals; or -1. */
  private static int best(final List<CoreGroup> groups, final Predicate<CoreGroup> passes) {
    int best = -1;
    for (int i = 0; i < groups.size(); i++) {
      if (passes.test(groups.get(i))
          && (best < 0 || rate(groups.get(i)) > rate(groups.get(best)))) {
        best = i;
      }
    }
    return best;
  }

  private static boolean isAnalog(final CoreGroup group) {
    return group.matrix() instanceof MatrixUnit.Analog;
  }

  private static int rate(final CoreGroup group, final Format format) {
    return group.matrix().macsPerCycle().getOrDefault(format, 0);
  }

  /** The same cores with a stream on each attention unit. */
  static Cores ofAttention(final Chip chip, final Attention op) {
    final Cores cores = of(chip, op);
    final int units = chip.cores().get(cores.group).attention().orElseThrow().count();
    return new Cores(cores.group, cores.count, units, cores.local, cores.groups);
  }

  /** The same cores with streams on so many of their arrays at most. */
  Cores using(final int most) {
    return new Cores(group, count, Math.min(arrays, most), local, groups);
  }

  private static long rate(final CoreGroup group) {
    final int macs =
        group.matrix().macsPerCycle().values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return (long) group.count() * group.matrix().arrays() * macs;
  }

  /** Streams with so many on each array, but no more than there is work. */
  int streams(final int resident, final long work) {
    return streams(count, resident, work);
  }

  /** The same on so many of the cores. */
  int streams(final int some, final int resident, final long work) {
    return (int) Math.min((long) some * arrays * resident, Math.max(1, work));
  }

  /** Cores that can be started by clusters of so many: a group's rest is left idle. */
  int started(final int cluster) {
    return groups.stream().mapToInt(size -> size / cluster * cluster).sum();
  }

  Placement placement() {
    return Placement.overCores(group, count, arrays);
  }

  /** Cores before arrays. */
  Placement spread() {
    return Placement.acrossCores(group, count, arrays);
  }
}
