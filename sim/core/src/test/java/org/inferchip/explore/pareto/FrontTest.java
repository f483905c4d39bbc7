package org.inferchip.explore.pareto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontTest {
  /** Written anew from the definition: no other design is as good everywhere and better once. */
  private static List<Integer> byDefinition(final double[][] costs) {
    final List<Integer> front = new ArrayList<>();
    for (int i = 0; i < costs.length; i++) {
      boolean beaten = false;
      for (int j = 0; j < costs.length; j++) {
        int asGood = 0;
        int better = 0;
        for (int k = 0; k < costs[i].length; k++) {
          asGood += costs[j][k] <= costs[i][k] ? 1 : 0;
          better += costs[j][k] < costs[i][k] ? 1 : 0;
        }
        beaten |= asGood == costs[i].length && better > 0;
      }
      if (!beaten) {
        front.add(i);
      }
    }
    return front;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void shouldHaveExactlyTheDesignsThatNoneDominates(final int objectives) {
    final Random random = new Random(objectives);
    for (int trial = 0; trial < 50; trial++) {
      final double[][] costs = new double[random.nextInt(60) + 1][objectives];
      for (final double[] one : costs) {
        for (int k = 0; k < objectives; k++) {
          one[k] = random.nextInt(8); // few values, so that there are ties
        }
      }
      assertEquals(byDefinition(costs), java.util.Arrays.stream(Front.of(costs)).boxed().toList());
    }
  }

  @Test
  void shouldKeepTies() {
    final double[][] costs = {{1, 2}, {1, 2}, {2, 1}, {2, 2}};
    assertArrayEquals(new int[] {0, 1, 2}, Front.of(costs));
  }

  @Test
  void shouldFindTheKneeFurthestBelowTheChord() {
    // Scaled: (0, 1), (0.2, 0.3), (0.6, 0.2), (1, 0): sums 1, 0.5, 0.8, 1.
    final double[][] front = {{0, 10}, {20, 3}, {60, 2}, {100, 0}};
    assertEquals(1, Knee.of(front));
  }

  @Test
  void shouldFindTheKneeNearestToTheIdealOfThree() {
    // Scaled squares: 2 of (0, 1, 1); 0.75 of (0.5, 0.5, 0.5); 1.25 of (1, 0, 0.5); 1.25.
    final double[][] front = {{0, 2, 2}, {1, 1, 1}, {2, 0, 1}, {1, 2, 0}};
    assertEquals(1, Knee.of(front));
  }

  @Test
  void shouldTakeTheFirstOfEqualKnees() {
    assertEquals(0, Knee.of(new double[][] {{3, 3}, {3, 3}}));
  }
}
