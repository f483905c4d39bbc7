package org.inferchip.lowering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inferchip.model.ExpertGroups;
import org.inferchip.numerics.CounterGenerator;

/**
 * Which experts a token goes to: K different ones of E, drawn as a function of the token's number
 * and a fixed seed. Thread-safe.
 *
 * <p>Experts that are liked alike: each set is as likely (Floyd's sampling); with groups, each set
 * of as many groups as a token may choose, and then each set of their experts.
 *
 * <p>With a skew the experts have the weights of {@link Popularity}, ranks dealt at random by the
 * seed, and a token takes the K that come first in a race: expert e arrives at -ln(u) / w_e. So the
 * first choice falls on e with probability w_e / sum of w, as does each further one among those
 * that are left. With groups, the best by the sum of their two best scores 1 / (1 + arrival), as
 * DeepSeek-V3 adds two sigmoids, hold the race.
 *
 * <p>Assumptions: a router's choices are as likely for every token (real ones follow the text), and
 * the skew is that of a whole run; copies of hot experts are not modelled.
 */
final class Router {
  private static final long SEED = 1;
  private static final int ROUTES = 0x52_4F_55_54;
  private static final int GROUPS = 0x47_52_4F_55;
  private static final int RANKS = 0x52_41_4E_4B;

  /** Half a step of the generator, so that no logarithm is of nothing. */
  private static final double HALF = 0x1p-26;

  private final CounterGenerator generator = new CounterGenerator(SEED);
  private final int experts;
  private final int perToken;
  private final ExpertGroups groups;
  private final double[] weights;
  private final List<int[]> drawn = new ArrayList<>();

  /**
   * A router of a layer.
   *
   * @param skew how much more tokens like some experts; 0: alike
   */
  Router(
      final int experts,
      final int perToken,
      final Optional<ExpertGroups> groups,
      final double skew) {
    this.experts = experts;
    this.perToken = perToken;
    this.groups = groups.orElse(new ExpertGroups(1, 1));
    weights = skew == 0 ? null : weights(skew);
  }

  private double[] weights(final double skew) {
    final int[] ranked =
        IntStream.range(0, experts)
            .boxed()
            .sorted((a, b) -> Float.compare(luck(a), luck(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    final double[] byRank = Popularity.weights(experts, skew);
    final double[] all = new double[experts];
    for (int i = 0; i < experts; i++) {
      all[ranked[i]] = byRank[i];
    }
    return all;
  }

  private float luck(final int expert) {
    return generator.uniform(RANKS, 0, expert);
  }

  int experts() {
    return experts;
  }

  /** The weight of an expert; 1 where they are liked alike. */
  double weight(final int expert) {
    return weights == null ? 1 : weights[expert];
  }

  /** Experts of a token, drawn once. */
  synchronized int[] choice(final int token) {
    while (drawn.size() <= token) {
      drawn.add(draw(drawn.size()));
    }
    return drawn.get(token);
  }

  private int[] draw(final int token) {
    if (weights != null) {
      return race(token);
    }
    if (groups.perToken() == groups.count()) {
      return some(ROUTES, token, experts, perToken);
    }
    final int size = experts / groups.count();
    final int[] chosen = some(GROUPS, token, groups.count(), groups.perToken());
    return Arrays.stream(some(ROUTES, token, groups.perToken() * size, perToken))
        .map(at -> chosen[at / size] * size + at % size)
        .toArray();
  }

  /** So many different ones of some. */
  private int[] some(final int tensor, final int token, final int of, final int count) {
    final int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      final int limit = of - count + i;
      int pick = (int) (generator.uniform(tensor, token, i) * (limit + 1));
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

  private int[] race(final int token) {
    final double[] arrivals = new double[experts];
    for (int expert = 0; expert < experts; expert++) {
      final double u = generator.uniform(ROUTES, token, expert) + HALF;
      arrivals[expert] = -StrictMath.log(u) / weights[expert];
    }
    if (groups.perToken() < groups.count()) {
      leaveOut(arrivals);
    }
    final int[] chosen = new int[perToken];
    for (int i = 0; i < perToken; i++) {
      int first = 0;
      for (int expert = 1; expert < experts; expert++) {
        first = arrivals[expert] < arrivals[first] ? expert : first;
      }
      chosen[i] = first;
      arrivals[first] = Double.POSITIVE_INFINITY;
    }
    return chosen;
  }

  /** Lets experts of groups that are not chosen never arrive. */
  private void leaveOut(final double[] arrivals) {
    final int size = experts / groups.count();
    final double[] scores = new double[groups.count()];
    for (int group = 0; group < scores.length; group++) {
      double best = 0;
      double second = 0;
      for (int expert = group * size; expert < (group + 1) * size; expert++) {
        final double score = 1 / (1 + arrivals[expert]);
        second = Math.max(second, Math.min(best, score));
        best = Math.max(best, score);
      }
      scores[group] = best + second;
    }
    for (int out = groups.perToken(); out < groups.count(); out++) {
      int worst = 0;
      for (int group = 1; group < scores.length; group++) {
        worst = scores[group] < scores[worst] ? group : worst;
      }
      scores[worst] = Double.POSITIVE_INFINITY;
      Arrays.fill(arrivals, worst * size, (worst + 1) * size, Double.POSITIVE_INFINITY);
    }
  }
}
