package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpertLoadTest {
  private static int sum(final List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void shouldGiveEveryExpertTheSameWhereBalanced() {
    assertEquals(Collections.nCopies(8, 64), ExpertLoad.busiest(512, 8, 64, 8, 0));
    // Two tokens of two choices among eight experts: experts 0 and 4, then 2 and 6.
    assertEquals(List.of(1, 1), ExpertLoad.busiest(2, 2, 8, 2, 0));
  }

  @Test
  void shouldDealAllRoutesAndNoMoreThanTheTokensToAnExpert() {
    for (final int tokens : new int[] {1, 7, 300, 4096}) {
      final List<Integer> all = ExpertLoad.busiest(tokens, 8, 128, 1, 1.2);
      assertEquals(8 * tokens, sum(all));
      assertTrue(Collections.max(all) <= tokens, all.toString());
    }
  }

  @Test
  void shouldTimeADeviceWithMoreThanTheMean() {
    final int busiest = sum(ExpertLoad.busiest(4096, 8, 128, 16, 1.2));
    assertTrue(busiest > 8 * 4096 / 16, Integer.toString(busiest));
    assertTrue(
        busiest > sum(ExpertLoad.busiest(4096, 8, 128, 16, 1.01)) * 0.9,
        "steeper laws load the busiest more");
  }
}
