package org.inferchip.explore.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.inferchip.arch.Source.Distribution;
import org.junit.jupiter.api.Test;

/**
 * Worlds whose truth is known. In each, what a description states is the truth times an error whose
 * spread is the stated range, so a 90 % interval must hold the truth in 90 % of the worlds.
 */
class CoverageTest {
  private static final int WORLDS = 500;
  private static final int DRAWS = 400;

  /** Joules of tokens: watts for a while, and operations and bytes with their energies. */
  private static final double[] COUNTS = {0.7, 0.2, 0.35, 0.1};

  /** How far each number may be off: the range is stated / spread to stated x spread. */
  private static final double[] SPREADS = {2, 1.4, 1.6, 3};

  /** A figure of the kind that runs have: tokens for joules, which are a sum over components. */
  private record Machine(List<Variable> variables) implements Subject {
    @Override
    public String name() {
      return "machine";
    }

    @Override
    public boolean counts(final String path) {
      return true;
    }

    @Override
    public double[] figures(final Map<String, Double> values) {
      final double[] numbers = new double[COUNTS.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = values.getOrDefault("n" + i, variables.get(i).stated());
      }
      final double[] figures = new double[Metric.values().length];
      figures[Metric.TOKENS_PER_JOULE.ordinal()] = tokensPerJoule(numbers);
      return figures;
    }
  }

  private static double tokensPerJoule(final double[] numbers) {
    double joules = 0;
    for (int i = 0; i < numbers.length; i++) {
      joules += COUNTS[i] * numbers[i];
    }
    return 1 / joules;
  }

  private static Machine machine(final double[] stated) {
    final List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < stated.length; i++) {
      variables.add(
          VariableTest.variable(
              "n" + i,
              stated[i] / SPREADS[i],
              stated[i],
              stated[i] * SPREADS[i],
              Distribution.LOG_NORMAL));
    }
    return new Machine(variables);
  }

  @Test
  void shouldHoldTheTruthInNinetyPercentOfTheWorlds() {
    final RandomGenerator random = new Well19937c(20261121);
    int covered = 0;
    for (int world = 0; world < WORLDS; world++) {
      final double[] truth = new double[COUNTS.length];
      final double[] stated = new double[COUNTS.length];
      for (int i = 0; i < truth.length; i++) {
        truth[i] = Math.exp(2 * random.nextGaussian());
        stated[i] =
            truth[i] * Math.exp(random.nextGaussian() * Math.log(SPREADS[i]) / Variable.Z95);
      }
      final MonteCarlo monteCarlo = new MonteCarlo(world, DRAWS);
      final Machine machine = machine(stated);
      final Interval interval =
          Interval.of(
              monteCarlo
                  .figures(machine, monteCarlo.values(machine.variables()))[
                  Metric.TOKENS_PER_JOULE.ordinal()]);
      final double figure = tokensPerJoule(truth);
      covered += interval.p5() <= figure && figure <= interval.p95() ? 1 : 0;
    }
    // Three standard errors of a binomial: 0.9 +- 0.040.
    assertEquals(0.9, (double) covered / WORLDS, 3 * Math.sqrt(0.9 * 0.1 / WORLDS));
  }

  @Test
  void shouldGiveTheIntervalOfALogNormalNumber() {
    // One component only: its joules are log-normal with sigma ln 2 / 1.645, so 5 and 95 % of
    // tokens per joule lie at half and twice the stated figure.
    final MonteCarlo monteCarlo = new MonteCarlo(1, 20_000);
    final Variable one = VariableTest.variable("n0", 0.5, 1, 2, Distribution.LOG_NORMAL);
    final double[] draws =
        monteCarlo.values(List.of(one)).stream().mapToDouble(v -> 1 / v.get("n0")).toArray();
    final Interval interval = Interval.of(draws);
    assertEquals(0.5, interval.p5(), 0.02);
    assertEquals(1, interval.p50(), 0.02);
    assertEquals(2, interval.p95(), 0.08);
  }

  @Test
  void shouldRankTheSwingsAndCorrelateTheRanks() {
    final Machine machine = machine(new double[] {1, 1, 1, 1});
    final MonteCarlo monteCarlo = new MonteCarlo(3, 500);
    final double[][] figures = monteCarlo.figures(machine, monteCarlo.values(machine.variables()));
    final Tornado tornado =
        Tornado.of(machine, List.of(Metric.TOKENS_PER_JOULE), monteCarlo, figures).get(0);
    assertEquals(1 / 1.35, tornado.stated(), 1e-12);
    // Swings of joules: 0.7 (2 - 1/2), 0.35 (1.6 - 1/1.6), 0.1 (3 - 1/3), 0.2 (1.4 - 1/1.4).
    assertEquals(
        List.of("n0", "n2", "n3", "n1"),
        tornado.bars().stream().map(Tornado.Bar::parameter).toList());
    assertEquals(1 / (1.35 - 0.35), tornado.bars().get(0).atLow(), 1e-9);
    assertEquals(1 / (1.35 + 0.7), tornado.bars().get(0).atHigh(), 1e-9);
    assertTrue(tornado.bars().get(0).correlation() < -0.8);
    assertEquals(0, tornado.others());
  }

  @Test
  void shouldFindWhereTheOrderTurns() {
    // Joules 1.35 against 1.35 + 0.2 x 0.5: equal if n1 of the second is 1, or that of the first
    // 1.5; numbers that both share cannot turn the order.
    final Machine first = machine(new double[] {1, 1, 1, 1});
    final List<Variable> others = new ArrayList<>();
    for (final Variable one : machine(new double[] {1, 1.5, 1, 1}).variables()) {
      others.add(
          new Variable(
              one.path().equals("n1") ? "n1 of another" : one.id(),
              one.path(),
              one.what(),
              one.mark(),
              one.stated(),
              one.low(),
              one.high(),
              one.distribution(),
              one.least(),
              one.most(),
              one.dimension()));
    }
    final List<Double> factors =
        Turn.of(Metric.TOKENS_PER_JOULE, new Machine(others), first).stream()
            .map(Turn::factor)
            .sorted()
            .toList();
    assertEquals(2, factors.size(), factors.toString());
    assertEquals(1 / 1.5, factors.get(0), 0.01);
    assertEquals(1.5, factors.get(1), 0.02);
  }
}
