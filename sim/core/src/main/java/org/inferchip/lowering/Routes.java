package org.inferchip.lowering;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.numerics.CounterGenerator;
import org.inferchip.operator.Traffic;

/**
 * Where the tokens of a step go, where experts are dealt over devices in blocks. The router is
 * drawn: K different ones of E experts for each token, each set as likely (Floyd's sampling), as a
 * function of the token's number and a fixed seed. So the same step always goes the same way, and
 * more tokens only add to what each expert has.
 *
 * <p>The busiest device is the one with most work, an expert counting once for its weights or by
 * its rows where they are many; it stands for all, since they wait for it. Real routers prefer some
 * experts, and groups of them (DeepSeek-V3); that is not modelled here.
 */
final class Routes {
  private static final long SEED = 1;
  private static final int TENSOR = 0x52_4F_55_54;

  /** Rows that multiply for as long as the weights are loaded, roughly (an assumption). */
  private static final double MANY = 128;

  private final int devices;
  private final int[][] rows;
  private final int[] loads;

  /**
   * Draws routes.
   *
   * @param tokens of each source, one source after the other
   * @param devices that the experts are dealt over
   */
  Routes(final int experts, final int perToken, final List<Integer> tokens, final int devices) {
    if (experts % devices != 0) {
      throw new IllegalArgumentException(experts + " experts over " + devices + " devices");
    }
    this.devices = devices;
    rows = new int[tokens.size()][devices];
    loads = new int[experts];
    final CounterGenerator generator = new CounterGenerator(SEED);
    final int block = experts / devices;
    int token = 0;
    for (int source = 0; source < tokens.size(); source++) {
      for (int i = 0; i < tokens.get(source); i++) {
        for (final int expert : choice(generator, token++, experts, perToken)) {
          loads[expert]++;
          rows[source][expert / block]++;
        }
      }
    }
  }

  private static int[] choice(
      final CounterGenerator generator, final int token, final int experts, final int perToken) {
    final int[] chosen = new int[perToken];
    for (int i = 0; i < perToken; i++) {
      final int limit = experts - perToken + i;
      int pick = (int) (generator.uniform(TENSOR, token, i) * (limit + 1));
      for (int before = 0; before < i; before++) {
        if (chosen[before] == pick) {
          pick = limit;
          break;
        }
      }
      chosen[i] = pick;
    }
    return chosen;
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
