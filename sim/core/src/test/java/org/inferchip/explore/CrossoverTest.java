package org.inferchip.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.explore.Crossover.Crossing;
import org.inferchip.explore.Crossover.Range;
import org.junit.jupiter.api.Test;

class CrossoverTest {
  private static final Range WIDE = new Range(1, 256, false);
  private static final Range COUNTS = new Range(1, 256, true);

  @Test
  void shouldFindWhereARisingFigureReachesItsLevel() {
    final Crossover found = Crossover.of(x -> x * x, WIDE, 50);

    assertEquals(1, found.crossings().size());
    final Crossing one = found.crossings().get(0);
    assertTrue(one.rising());
    assertTrue(one.below() < Math.sqrt(50) && Math.sqrt(50) <= one.above());
    assertTrue(one.above() / one.below() <= 1.01);
  }

  @Test
  void shouldFindBothCrossingsOfAFigureThatRisesAndFalls() {
    // 100 x exp(-x / 10) is 200 at 2.5917 and at 25.4264 (bisected elsewhere).
    final Crossover found = Crossover.of(x -> 100 * x * Math.exp(-x / 10), WIDE, 200);

    assertEquals(2, found.crossings().size());
    assertTrue(found.crossings().get(0).rising());
    assertFalse(found.crossings().get(1).rising());
    assertEquals(2.5917, found.crossings().get(0).above(), 0.03);
    assertEquals(25.4264, found.crossings().get(1).above(), 0.26);
  }

  @Test
  void shouldNameNeighbouringWholeNumbersOfACount() {
    final Crossover found = Crossover.of(x -> -x, COUNTS, -100);

    assertEquals(List.of(new Crossing(100, 101, false)), found.crossings());
  }

  @Test
  void shouldSayWhereTheLevelIsReachedAlwaysOrNever() {
    assertTrue(Crossover.of(x -> 3, WIDE, 3).always());
    assertTrue(Crossover.of(x -> 2, WIDE, 3).never());
    final Crossover impossible = Crossover.of(x -> Double.NaN, WIDE, 3);
    assertFalse(impossible.always() || impossible.never() || impossible.possible());
  }

  @Test
  void shouldLeaveOutWhatIsImpossible() {
    final Crossover found = Crossover.of(x -> x > 100 ? Double.NaN : x, WIDE, 10);

    assertEquals(1, found.crossings().size());
    assertEquals(10, found.crossings().get(0).above(), 0.1);
  }

  @Test
  void shouldSampleEachWholeNumberOnce() {
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0, 5.0), new Range(1, 5, true).points());
  }

  @Test
  void shouldRefuseARangeWithoutWidth() {
    assertThrows(IllegalArgumentException.class, () -> new Range(0, 1, false));
    assertThrows(IllegalArgumentException.class, () -> new Range(2, 2, false));
  }
}
