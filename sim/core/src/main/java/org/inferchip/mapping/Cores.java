package org.inferchip.mapping;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.LocalMemory;
import org.inferchip.program.Placement;

/**
 * The core group of a chip that runs a program. Where a chip has several kinds, it is the one with
 * the most multiply-accumulates a cycle; programs over several kinds are not made.
 *
 * @param group position in {@code Chip.cores}
 * @param count cores
 * @param arrays matrix arrays in a core
 * @param local local memory of a core
 */
record Cores(int group, int count, int arrays, LocalMemory local) {

  static Cores of(final Chip chip) {
    final List<CoreGroup> groups = chip.cores();
    int best = 0;
    for (int i = 1; i < groups.size(); i++) {
      if (rate(groups.get(i)) > rate(groups.get(best))) {
        best = i;
      }
    }
    final CoreGroup group = groups.get(best);
    return new Cores(best, group.count(), group.matrix().arrays(), group.local());
  }

  private static long rate(final CoreGroup group) {
    final int macs =
        group.matrix().macsPerCycle().values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return (long) group.count() * group.matrix().arrays() * macs;
  }

  /** Streams with so many on each array, but no more than there is work. */
  int streams(final int resident, final long work) {
    return (int) Math.min((long) count * arrays * resident, Math.max(1, work));
  }

  Placement placement() {
    return Placement.overCores(group, count, arrays);
  }
}
