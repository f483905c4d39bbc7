package org.inferchip.explore.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.inferchip.arch.Source;
import org.inferchip.arch.Source.Distribution;
import org.junit.jupiter.api.Test;

class VariableTest {
  static Variable variable(
      final String id,
      final double low,
      final double stated,
      final double high,
      final Distribution distribution) {
    return new Variable(
        id,
        id,
        "a guess",
        Source.Mark.ESTIMATE,
        stated,
        low,
        high,
        distribution,
        0,
        Double.MAX_VALUE,
        Optional.empty());
  }

  @Test
  void shouldHaveTheStatedValueAsMedianAndTheRangeAsFiveAndNinetyFivePercent() {
    final Variable one = variable("a", 2, 10, 20, Distribution.LOG_NORMAL);
    assertEquals(10, one.at(0.5), 1e-9);
    assertEquals(2, one.at(0.05), 1e-9);
    assertEquals(20, one.at(0.95), 1e-9);
    // One standard deviation of the upper side: exp(ln 2 / 1.64485) = 1.52411 times.
    assertEquals(15.2411, one.at(0.841344746), 1e-3);
  }

  @Test
  void shouldSpreadUniformlyAndInATriangleOverTheWholeRange() {
    final Variable even = variable("a", 2, 10, 20, Distribution.UNIFORM);
    assertEquals(2.9, even.at(0.05), 1e-9);
    // F(10) = (10 - 2) / (20 - 2); F(x) = (x - 2)^2 / (18 * 8) below the stated value.
    final Variable triangle = variable("a", 2, 10, 20, Distribution.TRIANGULAR);
    assertEquals(10, triangle.at(8.0 / 18), 1e-9);
    assertEquals(2 + Math.sqrt(0.05 * 18 * 8), triangle.at(0.05), 1e-9);
  }

  @Test
  void shouldCutOffWhatADescriptionDoesNotAllow() {
    final Variable share =
        new Variable(
            "a",
            "a",
            "a guess",
            Source.Mark.ESTIMATE,
            0.9,
            0.5,
            1.2,
            Distribution.LOG_NORMAL,
            0,
            1,
            Optional.empty());
    assertEquals(1, share.at(0.99));
  }

  @Test
  void shouldDrawByNameAndNumberAlone() {
    final Draws draws = new Draws(7);
    assertEquals(draws.uniform("a", 3), new Draws(7).uniform("a", 3));
    assertNotEquals(draws.uniform("a", 3), draws.uniform("b", 3));
    assertNotEquals(draws.uniform("a", 3), draws.uniform("a", 4));
    assertNotEquals(draws.uniform("a", 3), new Draws(8).uniform("a", 3));
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 10_000; i++) {
      final double u = draws.uniform("a", i);
      assertTrue(u > 0 && u < 1);
      sum += u;
      squares += u * u;
    }
    // Four standard errors of the mean and of the mean square of a uniform number.
    assertEquals(0.5, sum / 10_000, 4 * Math.sqrt(1.0 / 12 / 10_000));
    assertEquals(1.0 / 3, squares / 10_000, 4 * Math.sqrt(4.0 / 45 / 10_000));
  }
}
