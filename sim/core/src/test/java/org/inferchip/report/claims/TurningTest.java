package org.inferchip.report.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.inferchip.explore.Crossover;
import org.inferchip.explore.uncertainty.Interval;
import org.junit.jupiter.api.Test;

class TurningTest {
  /** A ratio that is x itself: at a factor f it reaches 10 at 10 / f. */
  private static Crossover straight(final double level) {
    return Crossover.of(x -> x, new Crossover.Range(1, 100, false), level);
  }

  @Test
  void shouldMoveTheCrossingByTheFactor() {
    final double[] factors = {0.5, 1, 2};

    final Turning turning = Turning.of(straight(10), factors);

    final Interval at = turning.at().orElseThrow();
    assertEquals(5, at.p5(), 0.05); // bisection stops at 1 % of the place
    assertEquals(10, at.p50(), 0.1);
    assertEquals(20, at.p95(), 0.2);
    assertEquals(1, turning.turns());
  }

  @Test
  void shouldSayOnWhichSideARatioThatDoesNotTurnLies() {
    final Turning rising = Turning.of(straight(10), new double[] {0.01, 1, 1, 100});
    assertEquals(0.25, rising.always());
    assertEquals(0.25, rising.never());
    assertEquals(0.5, rising.turns());
    assertEquals(0, rising.at().orElseThrow().p5());
    assertEquals(Double.POSITIVE_INFINITY, rising.at().orElseThrow().p95());

    final Crossover falling = Crossover.of(x -> 100 / x, new Crossover.Range(1, 100, false), 10);
    final Turning other = Turning.of(falling, new double[] {0.001});
    assertEquals(1, other.never());
    assertEquals(0, other.at().orElseThrow().p5());
  }

  @Test
  void shouldHaveNoPlaceForARatioThatTurnsTwiceOrNotAtAll() {
    final Crossover none = straight(1000);
    final Turning turning = Turning.of(none, new double[] {1, 20});
    assertTrue(turning.at().isEmpty());
    assertEquals(0.5, turning.never());
    assertEquals(0.5, turning.turns());
    assertEquals(100, Turning.place(none).orElseThrow()); // nearest to the level
  }
}
