package org.inferchip.lowering;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.operator.Traffic;

/**
 * Where the tokens of a step go, where experts are dealt over devices in blocks; a {@link Router}
 * says it token by token. So the same step always goes the same way, and more tokens only add to
 * what each expert has.
 *
 * <p>The busiest device is the one with most work, an expert counting once for its weights or by
 * its rows where they are many; it stands for all, since they wait for it.
 */
final class Routes {
  /** Rows that multiply for as long as the weights are loaded, roughly (an assumption). */
  private static final double MANY = 128;

  private final int devices;
  private final int[][] rows;
  private final int[] loads;

  /**
   * Draws routes.
   *
   * @param router of the layer
   * @param tokens of each source, one source after the other
   * @param devices that the experts are dealt over
   */
  Routes(final Router router, final List<Integer> tokens, final int devices) {
    final int experts = router.experts();
    if (experts % devices != 0) {
      throw new IllegalArgumentException(experts + " experts over " + devices + " devices");
    }
    this.devices = devices;
    rows = new int[tokens.size()][devices];
    loads = new int[experts];
    final int block = experts / devices;
    int token = 0;
    for (int source = 0; source < tokens.size(); source++) {
      for (int i = 0; i < tokens.get(source); i++) {
        for (final int expert : router.choice(token++)) {
          loads[expert]++;
          rows[source][expert / block]++;
        }
      }
    }
  }

  /** Rows from each source to each device; there are as many sources as devices. */
  Traffic traffic(final int width) {
    return new Traffic(rows, width);
  }

  /** Rows of the experts of the busiest device that have any. */
  List<Integer> busiest() {
    final int block = loads.length / devices;
    int busiest = 0;
    double most = -1;
    for (int device = 0; device < devices; device++) {
      double work = 0;
      for (int expert = device * block; expert < (device + 1) * block; expert++) {
        work += loads[expert] == 0 ? 0 : Math.max(1, loads[expert] / MANY);
      }
      if (work > most) {
        most = work;
        busiest = device;
      }
    }
    final List<Integer> groups = new ArrayList<>();
    for (int expert = busiest * block; expert < (busiest + 1) * block; expert++) {
      if (loads[expert] > 0) {
        groups.add(loads[expert]);
      }
    }
    return groups;
  }
}
