package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Tokens of each expert of the busiest device, as the collector of measured expert layers draws
 * them: loads of all experts follow a truncated power law, scaled to tokens x k; experts are dealt
 * to devices in blocks; the block with most tokens is timed.
 *
 * <pre>
 *   load ~ (u (b^(1-a) - c^(1-a)) + c^(1-a))^(1/(1-a)),  u uniform,  from c = 1 to b = 0.8 tokens
 *                               (from 0.01 to 2 where there are no more routes than experts)
 * </pre>
 *
 * What rounding leaves goes to the largest, one each. Of {@value #DRAWS} seeded draws, that whose
 * busiest device has the median load is taken: the collector's own draw is not known. Balanced
 * routes go round the experts, and the first device is timed. Source: the collector of
 * aiconfigurator (2026), recalled.
 */
final class ExpertLoad {
  private static final int DRAWS = 15;
  private static final double LONGEST = 0.8;

  private ExpertLoad() {}

  /**
   * Tokens of those experts of the busiest device that have any.
   *
   * @param exponent of the power law; 0: balanced
   */
  static List<Integer> busiest(
      final int tokens,
      final int perToken,
      final int experts,
      final int devices,
      final double exponent) {
    if (exponent == 0) {
      return balanced(tokens, perToken, experts, devices);
    }
    final List<int[]> draws = new ArrayList<>();
    for (int seed = 0; seed < DRAWS; seed++) {
      draws.add(busiestBlock(loads(tokens, perToken, experts, exponent, seed), devices));
    }
    draws.sort((a, b) -> Integer.compare(Arrays.stream(a).sum(), Arrays.stream(b).sum()));
    return Arrays.stream(draws.get(DRAWS / 2)).filter(rows -> rows > 0).boxed().toList();
  }

  /**
   * Choice j of token i is expert (i + j stride) modulo experts, stride = experts / k rounded up.
   */
  private static List<Integer> balanced(
      final int tokens, final int perToken, final int experts, final int devices) {
    final int stride = (experts + perToken - 1) / perToken;
    final int[] loads = new int[experts];
    for (int token = 0; token < tokens; token++) {
      final int first = tokens >= stride ? token : (int) ((long) token * stride / tokens);
      for (int choice = 0; choice < perToken; choice++) {
        loads[(int) ((first + (long) choice * stride) % experts)]++;
      }
    }
    return Arrays.stream(loads, 0, experts / devices).filter(rows -> rows > 0).boxed().toList();
  }

  private static int[] loads(
      final int tokens,
      final int perToken,
      final int experts,
      final double exponent,
      final int seed) {
    final long routes = (long) tokens * perToken;
    final boolean many = routes > experts;
    final double power = 1 - exponent;
    final double least = StrictMath.pow(many ? 1 : 0.01, power);
    final double most = StrictMath.pow(many ? LONGEST * tokens : 2, power);
    final Random random = new Random(seed);
    final double[] draw = new double[experts];
    double sum = 0;
    for (int i = 0; i < experts; i++) {
      draw[i] = StrictMath.pow(random.nextDouble() * (most - least) + least, 1 / power);
      sum += draw[i];
    }
    final int[] loads = new int[experts];
    long left = routes;
    for (int i = 0; i < experts; i++) {
      loads[i] = (int) Math.min(tokens, Math.rint(draw[i] / sum * routes));
      left -= loads[i];
    }
    final List<Integer> order =
        IntStream.range(0, experts)
            .boxed()
            .sorted((x, y) -> Double.compare(draw[y], draw[x]))
            .toList();
    for (int i = 0; left != 0; i = (i + 1) % experts) {
      final int expert = order.get(i);
      final int step = left > 0 ? (loads[expert] < tokens ? 1 : 0) : (loads[expert] > 0 ? -1 : 0);
      loads[expert] += step;
      left -= step;
    }
    return loads;
  }

  private static int[] busiestBlock(final int[] loads, final int devices) {
    final int block = loads.length / devices;
    int[] busiest = new int[0];
    int most = -1;
    for (int device = 0; device < devices; device++) {
      final int[] mine = Arrays.copyOfRange(loads, device * block, (device + 1) * block);
      final int sum = Arrays.stream(mine).sum();
      if (sum > most) {
        most = sum;
        busiest = mine;
      }
    }
    return busiest;
  }
}
