package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Routes of a measured layer of experts, as its collector makes them up:
 *
 * <pre>
 *   load ~ (u (b^(1-a) - c^(1-a)) + c^(1-a))^(1/(1-a)),  u uniform,  from c = 1 to b = 0.8 tokens
 *                               (from 0.01 to 2 where there are no more routes than experts)
 * </pre>
 *
 * scaled to tokens x k and rounded. Experts are dealt to devices in blocks. What rounding leaves,
 * and what an expert has beyond one route of each token, goes round the devices, each time to the
 * least loaded expert of one ({@link RoutesRest#SPREAD}). Collectors at the turn of 2025 gave it to
 * the least loaded of all experts, the last of equals first, so that a few tokens have routes to
 * every expert of the last device ({@link RoutesRest#SMALLEST}). Older ones gave what rounding
 * leaves to the largest experts, one each, and left an expert more routes than tokens ({@link
 * RoutesRest#PILED}). The block with most changes places with the first, which is timed. Routes are
 * listed expert after expert, the largest first, and choice j of token i is number i + j tokens of
 * the list. A token that meets one expert twice chooses it once: what it lacks are the first
 * experts that it has not, as of equals the first is chosen. Balanced routes go round the experts,
 * and the first device is timed. Source: three states of the collector of aiconfigurator (2025 and
 * 2026), read.
 */
final class ExpertRoutes {
  private static final double LONGEST = 0.8;

  private final ExpertLoad.Layer layer;
  private final int[] routes;

  /** Routes: choice j of token i is number i + j tokens. */
  private ExpertRoutes(final ExpertLoad.Layer layer, final int[] routes) {
    this.layer = layer;
    this.routes = routes;
  }

  /**
   * Choice j of token i is expert (i + j stride) modulo experts, stride = experts / k rounded up.
   */
  static ExpertRoutes balanced(final ExpertLoad.Layer layer) {
    final int stride = (layer.experts() + layer.perToken() - 1) / layer.perToken();
    final int[] routes = new int[layer.tokens() * layer.perToken()];
    for (int token = 0; token < layer.tokens(); token++) {
      final int first =
          layer.tokens() >= stride ? token : (int) ((long) token * stride / layer.tokens());
      for (int choice = 0; choice < layer.perToken(); choice++) {
        routes[token + choice * layer.tokens()] =
            (int) ((first + (long) choice * stride) % layer.experts());
      }
    }
    return new ExpertRoutes(layer, routes);
  }

  /** A seeded draw by a power law. */
  static ExpertRoutes drawn(
      final ExpertLoad.Layer layer, final double exponent, final int seed, final RoutesRest rest) {
    final int[] counts = counts(layer, exponent, seed);
    if (rest == RoutesRest.SPREAD) {
      spread(layer, counts);
    } else if (rest == RoutesRest.SMALLEST) {
      level(layer, counts);
    } else {
      pile(layer, counts);
    }
    final int[] loads = withBusiestFirst(layer, counts);
    final int[] routes = new int[layer.tokens() * layer.perToken()];
    int at = 0;
    for (final int expert : descending(loads)) {
      Arrays.fill(routes, at, at + loads[expert], expert);
      at += loads[expert];
    }
    return new ExpertRoutes(layer, routes);
  }

  /** Tokens of each expert once each token has chosen. */
  int[] loads(final ExpertGate gate) {
    final int[] loads = new int[layer.experts()];
    for (final int expert : routes) {
      loads[expert]++;
    }
    if (gate.groups() == 1 && Arrays.stream(loads).allMatch(one -> one <= layer.tokens())) {
      return loads;
    }
    Arrays.fill(loads, 0);
    final int[] meets = new int[layer.experts()];
    final int size = (layer.experts() + gate.groups() - 1) / gate.groups();
    for (int token = 0; token < layer.tokens(); token++) {
      add(token, 1, meets);
      choose(token, meets, open(token, gate, size), size, loads);
      add(token, -1, meets);
    }
    return loads;
  }

  private void add(final int token, final int amount, final int[] meets) {
    for (int at = token; at < routes.length; at += layer.tokens()) {
      meets[routes[at]] += amount;
    }
  }

  private void choose(
      final int token, final int[] meets, final boolean[] open, final int size, final int[] loads) {
    int left = layer.perToken();
    for (int at = token; at < routes.length; at += layer.tokens()) {
      final int expert = routes[at];
      if (open[expert / size] && first(token, at)) {
        loads[expert]++;
        left--;
      }
    }
    for (int expert = 0; left > 0 && expert < loads.length; expert++) {
      if (meets[expert] == 0 && open[expert / size]) {
        loads[expert]++;
        left--;
      }
    }
  }

  /** Whether a token's list has an expert for the first time. */
  private boolean first(final int token, final int at) {
    for (int before = token; before < at; before += layer.tokens()) {
      if (routes[before] == routes[at]) {
        return false;
      }
    }
    return true;
  }

  /** Groups that a token may go to: those with most of its two best experts, then the first. */
  private boolean[] open(final int token, final ExpertGate gate, final int size) {
    final boolean[] open = new boolean[gate.groups()];
    final int[] best = new int[gate.groups()];
    for (int at = token; at < routes.length; at += layer.tokens()) {
      best[routes[at] / size] += first(token, at) ? 1 : 0;
    }
    int left = gate.kept();
    for (int score = 2; score >= 0; score--) {
      for (int group = 0; left > 0 && group < open.length; group++) {
        if (!open[group] && Math.min(2, best[group]) == score) {
          open[group] = true;
          left--;
        }
      }
    }
    return open;
  }

  /** Tokens of each expert by the power law, rounded. */
  private static int[] counts(final ExpertLoad.Layer layer, final double exponent, final int seed) {
    final long all = layer.routes();
    final boolean many = all > layer.experts();
    final double power = 1 - exponent;
    final double least = StrictMath.pow(many ? 1 : 0.01, power);
    final double most = StrictMath.pow(many ? LONGEST * layer.tokens() : 2, power);
    final Random random = new Random(seed);
    final double[] draw = new double[layer.experts()];
    double sum = 0;
    for (int i = 0; i < draw.length; i++) {
      draw[i] = StrictMath.pow(random.nextDouble() * (most - least) + least, 1 / power);
      sum += draw[i];
    }
    final int[] counts = new int[draw.length];
    for (int i = 0; i < draw.length; i++) {
      counts[i] = (int) Math.rint(draw[i] / sum * all);
    }
    return counts;
  }

  private static void pile(final ExpertLoad.Layer layer, final int[] counts) {
    long left = layer.routes() - sum(counts);
    final int[] order = descending(counts);
    for (int i = 0; left > 0; i++, left--) {
      counts[order[i % order.length]]++;
    }
    take(-left, order, counts);
  }

  /** Takes routes away, one each, from the least loaded on; from the largest where one has none. */
  private static void take(final long routes, final int[] order, final int[] counts) {
    for (int i = 0; i < routes; i++) {
      final int expert = order[order.length - 1 - i % order.length];
      counts[counts[expert] > 0 ? expert : descending(counts)[0]]--;
    }
  }

  private static void level(final ExpertLoad.Layer layer, final int[] counts) {
    long beyond = sum(counts);
    cap(layer, counts);
    beyond -= sum(counts);
    final int[] fill = descending(counts);
    for (int i = fill.length - 1; beyond > 0 && i >= 0; i--) {
      final long added = Math.min(beyond, layer.tokens() - counts[fill[i]]);
      counts[fill[i]] += (int) added;
      beyond -= added;
    }
    long left = layer.routes() - sum(counts);
    final int[] order = descending(counts);
    take(-left, order, counts);
    for (int i = order.length - 1; left > 0; i = i == 0 ? order.length - 1 : i - 1) {
      if (counts[order[i]] < layer.tokens()) {
        counts[order[i]]++;
        left--;
      }
    }
  }

  private static void cap(final ExpertLoad.Layer layer, final int[] counts) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.min(counts[i], layer.tokens());
    }
  }

  private static void spread(final ExpertLoad.Layer layer, final int[] counts) {
    cap(layer, counts);
    long left = layer.routes() - sum(counts);
    for (int device = 0; left != 0; device = (device + 1) % layer.devices()) {
      final int step = left > 0 ? 1 : -1;
      final int expert = extreme(counts, device * layer.block(), layer.block(), step);
      final int changed = counts[expert] + step;
      if (changed >= 0 && changed <= layer.tokens()) {
        counts[expert] = changed;
        left -= step;
      }
    }
  }

  /** The least loaded of a device's experts where routes are added, else the most; the first. */
  private static int extreme(final int[] counts, final int from, final int block, final int step) {
    int best = from;
    for (int expert = from + 1; expert < from + block; expert++) {
      if (step * counts[expert] < step * counts[best]) {
        best = expert;
      }
    }
    return best;
  }

  private static long sum(final int[] counts) {
    return Arrays.stream(counts).asLongStream().sum();
  }

  private static int[] withBusiestFirst(final ExpertLoad.Layer layer, final int[] counts) {
    int busiest = 0;
    long most = -1;
    for (int device = 0; device < layer.devices(); device++) {
      final int from = device * layer.block();
      final long sum = Arrays.stream(counts, from, from + layer.block()).asLongStream().sum();
      if (sum > most) {
        most = sum;
        busiest = from;
      }
    }
    final int[] changed = counts.clone();
    System.arraycopy(counts, busiest, changed, 0, layer.block());
    System.arraycopy(counts, 0, changed, busiest, layer.block());
    return changed;
  }

  /** Experts by load, the largest first; of equals the first. */
  private static int[] descending(final int[] loads) {
    return IntStream.range(0, loads.length)
        .boxed()
        .sorted((x, y) -> Integer.compare(loads[y], loads[x]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
