package org.inferchip.lowering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inferchip.model.ExpertGroups;
import org.inferchip.numerics.CounterGenerator;
import org.inferchip.units.Recent;

/**
 * Which experts a token goes to: K different ones of E, drawn as a function of the token's number
 * and a fixed seed. Thread-safe.
 *
 * <p>Experts that are liked alike: each set is as likely (Floyd's sampling); with groups, each set
 * of as many groups as a token may choose, and then each set of their experts.
 *
 * <p>With a skew the experts have the weights of {@link Popularity}, ranks dealt at random by the
 * seed, and a token takes the K that come first in a {@link Race}.
 *
 * <p>Assumptions: a router's choices are as likely for every token (real ones follow the text), and
 * the skew is that of a whole run; copies of hot experts are not modelled.
 */
final class Router {
  private static final long SEED = 1;
  private static final int ROUTES = 0x52_4F_55_54;
  private static final int GROUPS = 0x47_52_4F_55;
  private static final int RANKS = 0x52_41_4E_4B;

  /** Routers that are remembered, the last used last. */
  private static final int REMEMBERED = 16;

  private static final Map<Key, Router> RECENT = new Recent<>(REMEMBERED);

  private final CounterGenerator generator = new CounterGenerator(SEED);
  private final int experts;
  private final int perToken;
  private final ExpertGroups groups;
  private final double[] weights;
  private final Race race;
  private final List<int[]> drawn = new ArrayList<>();

  /** What tells routers apart. */
  private record Key(int experts, int perToken, Optional<ExpertGroups> groups, double skew) {}

  /**
   * The router of a layer, with what others like it have drawn.
   *
   * @param skew how much more tokens like some experts; 0: alike
   */
  static Router of(
      final int experts,
      final int perToken,
      final Optional<ExpertGroups> groups,
      final double skew) {
    synchronized (RECENT) {
      return RECENT.computeIfAbsent(
          new Key(experts, perToken, groups, skew),
          key -> new Router(experts, perToken, groups, skew));
    }
  }

  private Router(
      final int experts,
      final int perToken,
      final Optional<ExpertGroups> groups,
      final double skew) {
    this.experts = experts;
    this.perToken = perToken;
    this.groups = groups.orElse(new ExpertGroups(1, 1));
    weights = skew == 0 ? null : weights(skew);
    race = skew == 0 ? null : new Race(generator, ROUTES, weights);
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
    if (race != null) {
      return race.first(token, perToken, groups);
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
}
