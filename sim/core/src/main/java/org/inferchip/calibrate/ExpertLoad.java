package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tokens of each expert of the busiest device, in a measured layer of experts. Source: the
 * collector of aiconfigurator (2026), read: it draws routes ({@link ExpertRoutes}), times {@value
 * #RUNS} draws in turn and gives their mean. Of {@value #DRAWS} seeded draws, that whose work is
 * nearest to the mean of all is taken: the collector's own draws are not known. Work counts an
 * expert once for its weights, or by its rows where they are many.
 *
 * @param rows tokens of those experts of the device that have any
 * @param others experts of other devices that have any
 * @param touched experts of the device that the draws in turn have rows for
 */
record ExpertLoad(List<Integer> rows, int others, double touched) {
  private static final int DRAWS = 15;
  private static final int RUNS = 5;

  /** Rows that multiply for as long as the weights are loaded, roughly. */
  private static final double MANY = 128;

  /** Tokens, choices of each, experts, devices over which they are dealt. */
  record Layer(int tokens, int perToken, int experts, int devices) {
    int block() {
      return experts / devices;
    }

    long routes() {
      return (long) tokens * perToken;
    }

    /** Routes by experts of the device, as a library guesses the rows of one. */
    double meanRows() {
      return (double) routes() / block();
    }
  }

  /** Rows of experts of the device. */
  int here() {
    return rows.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * The load of the device that a table times.
   *
   * @param exponent of the power law; 0: balanced
   * @param rest who gets the routes that rounding leaves
   */
  static ExpertLoad of(
      final Layer layer, final double exponent, final ExpertGate gate, final RoutesRest rest) {
    if (exponent == 0) {
      final int[] loads = ExpertRoutes.balanced(layer).loads(gate);
      return of(layer, loads, 1);
    }
    final List<int[]> draws =
        IntStream.range(0, DRAWS)
            .mapToObj(seed -> ExpertRoutes.drawn(layer, exponent, seed, rest).loads(gate))
            .toList();
    final double mean =
        draws.stream().mapToDouble(loads -> work(layer, loads)).average().orElseThrow();
    final int[] typical =
        draws.stream()
            .min(Comparator.comparingDouble(loads -> Math.abs(work(layer, loads) - mean)))
            .orElseThrow();
    return of(layer, typical, RUNS);
  }

  private static ExpertLoad of(final Layer layer, final int[] loads, final int runs) {
    final int[] mine = Arrays.copyOf(loads, layer.block());
    final List<Integer> rows = Arrays.stream(mine).filter(one -> one > 0).boxed().toList();
    final int all = (int) Arrays.stream(loads).filter(one -> one > 0).count();
    final double missed =
        StrictMath.pow(1 - (double) rows.size() / layer.block(), runs) * layer.block();
    return new ExpertLoad(rows, all - rows.size(), layer.block() - missed);
  }

  private static double work(final Layer layer, final int[] loads) {
    return Arrays.stream(loads, 0, layer.block())
        .mapToDouble(one -> one == 0 ? 0 : Math.max(1, one / MANY))
        .sum();
  }
}
