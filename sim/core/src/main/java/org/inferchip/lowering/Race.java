package org.inferchip.lowering;

import java.util.Arrays;
import org.inferchip.model.ExpertGroups;
import org.inferchip.numerics.CounterGenerator;

/**
 * A race of experts for each token: expert e arrives at -ln(u) / w_e, u uniform, and the first K
 * are chosen. So the first choice falls on e with probability w_e / sum of w, as does each further
 * one among those that are left. With groups, the best by the sum of their two best scores 1 / (1 +
 * arrival), as DeepSeek-V3 adds two sigmoids, hold the race; of equals the first is left out.
 *
 * <p>As -ln(u) is at least 1 - u, a logarithm is taken only of those who may still come in time: a
 * seventh of 256. Not thread-safe.
 */
final class Race {
  /** Half a step of the generator, so that no logarithm is of nothing. */
  private static final double HALF = 0x1p-26;

  /** What rounding may take off a logarithm, and more. */
  private static final double SURE = 1 - 0x1p-50;

  private final CounterGenerator generator;
  private final int tensor;
  private final double[] weights;
  private final float[] luck;
  private final double[] arrivals;

  Race(final CounterGenerator generator, final int tensor, final double[] weights) {
    this.generator = generator;
    this.tensor = tensor;
    this.weights = weights;
    luck = new float[weights.length];
    arrivals = new double[weights.length];
  }

  /** So many experts that come first, in their order; of equals the one of the lower number. */
  int[] first(final int token, final int count, final ExpertGroups groups) {
    generator.uniforms(tensor, token, luck);
    Arrays.fill(arrivals, Double.NaN);
    final boolean[] out = new boolean[groups.count()];
    if (groups.perToken() < groups.count()) {
      leaveOut(groups, out);
    }
    final int size = weights.length / groups.count();
    final int[] chosen = new int[count];
    final double[] best = new double[count];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    for (int expert = 0; expert < weights.length; expert++) {
      if (!out[expert / size] && earliest(expert) < best[count - 1]) {
        insert(expert, arrival(expert), chosen, best);
      }
    }
    return chosen;
  }

  /** Puts an expert where it belongs among the first, behind its equals. */
  private static void insert(
      final int expert, final double arrival, final int[] chosen, final double[] best) {
    if (arrival >= best[best.length - 1]) {
      return;
    }
    int place = best.length - 1;
    while (place > 0 && best[place - 1] > arrival) {
      best[place] = best[place - 1];
      chosen[place] = chosen[place - 1];
      place--;
    }
    best[place] = arrival;
    chosen[place] = expert;
  }

  /** When an expert comes at the earliest, or when it comes if that is known. */
  private double earliest(final int expert) {
    return Double.isNaN(arrivals[expert])
        ? (1 - (luck[expert] + HALF)) * SURE / weights[expert]
        : arrivals[expert];
  }

  private double arrival(final int expert) {
    if (Double.isNaN(arrivals[expert])) {
      arrivals[expert] = -StrictMath.log(luck[expert] + HALF) / weights[expert];
    }
    return arrivals[expert];
  }

  /** Leaves out the groups whose two best are worst. */
  private void leaveOut(final ExpertGroups groups, final boolean[] out) {
    final int size = weights.length / groups.count();
    final double[] scores = new double[groups.count()];
    for (int group = 0; group < scores.length; group++) {
      scores[group] = score(group * size, (group + 1) * size);
    }
    for (int left = groups.count(); left > groups.perToken(); left--) {
      int worst = 0;
      for (int group = 1; group < scores.length; group++) {
        worst = scores[group] < scores[worst] ? group : worst;
      }
      scores[worst] = Double.POSITIVE_INFINITY;
      out[worst] = true;
    }
  }

  /** The sum of a group's two best scores. */
  private double score(final int from, final int to) {
    double first = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    for (int expert = from; expert < to; expert++) {
      if (earliest(expert) < second) {
        final double arrival = arrival(expert);
        second = Math.min(second, Math.max(first, arrival));
        first = Math.min(first, arrival);
      }
    }
    return 1 / (1 + first) + 1 / (1 + second);
  }
}
