package org.inferchip.explore.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.inferchip.arch.Source.Distribution;
import org.junit.jupiter.api.Test;

class RankProbabilityTest {
  private static final int DRAWS = 20_000;

  private static double[] draws(final String id, final double stated) {
    final Variable one =
        VariableTest.variable(id, stated / 2, stated, stated * 2, Distribution.LOG_NORMAL);
    return new MonteCarlo(5, DRAWS)
        .values(List.of(one)).stream().mapToDouble(values -> values.get(id)).toArray();
  }

  @Test
  void shouldGiveTheProbabilityThatOneOfTwoIndependentFiguresIsTheLarger() {
    final RankProbability ranking =
        RankProbability.of(
            Metric.TOKENS_PER_JOULE, List.of("a", "b"), List.of(draws("a", 1), draws("b", 1.2)));
    // ln b - ln a is normal with mean ln 1.2 and deviation sqrt(2) ln 2 / 1.64485, so that b is the
    // larger with the probability Phi(0.18232 / 0.59596) = 0.6202.
    assertEquals(0.6202, ranking.pairs().get(0).share(), 0.012);
    assertEquals("b", ranking.pairs().get(0).better());
    assertEquals(1.2, ranking.pairs().get(0).factor().p50(), 0.03);
    assertEquals(ranking.pairs().get(0).share(), ranking.ranks().get("b").get(0), 1e-12);
    assertEquals(ranking.pairs().get(0).share(), ranking.ranks().get("a").get(1), 1e-12);
  }

  @Test
  void shouldBeSureOfTheOrderOfFiguresThatShareADraw() {
    final RankProbability ranking =
        RankProbability.of(
            Metric.TPOT_P50,
            List.of("a", "b"),
            List.of(draws("a", 1), scaled(draws("a", 1), 1.05)));
    assertEquals("a", ranking.pairs().get(0).better());
    assertEquals(1.0, ranking.pairs().get(0).share());
    assertEquals(1.05, ranking.pairs().get(0).factor().p5(), 1e-9);
  }

  @Test
  void shouldPlaceSystemsWithoutAFigureLast() {
    final RankProbability ranking =
        RankProbability.of(
            Metric.TOKENS_PER_USD_RENTED,
            List.of("a", "b"),
            List.of(new double[] {Double.NaN, Double.NaN}, new double[] {1, 2}));
    assertEquals(List.of(0.0, 1.0), ranking.ranks().get("a"));
  }

  private static double[] scaled(final double[] of, final double factor) {
    final double[] scaled = of.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }
}
