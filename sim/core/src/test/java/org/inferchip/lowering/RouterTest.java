package org.inferchip.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.inferchip.model.ExpertGroups;
import org.junit.jupiter.api.Test;

/** Frequencies of drawn routes against closed forms, within five standard deviations. */
final class RouterTest {
  private static final int TOKENS = 20_000;

  private static void assertShare(final double expected, final double count, final double of) {
    final double deviation = Math.sqrt(expected * (1 - expected) / of);
    assertEquals(expected, count / of, 5 * deviation);
  }

  private static double[] loads(final Router router) {
    final double[] loads = new double[router.experts()];
    for (int token = 0; token < TOKENS; token++) {
      final int[] choice = router.choice(token);
      assertEquals(choice.length, Arrays.stream(choice).distinct().count());
      for (final int expert : choice) {
        loads[expert]++;
      }
    }
    return loads;
  }

  @Test
  void shouldChooseOfAsManyGroupsAsATokenMay() {
    // Eight groups of four, two for a token; three experts of those eight.
    final Router router = Router.of(32, 3, Optional.of(new ExpertGroups(8, 2)), 0);
    int both = 0;
    for (int token = 0; token < TOKENS; token++) {
      final long groups = Arrays.stream(router.choice(token)).map(e -> e / 4).distinct().count();
      assertTrue(groups <= 2);
      both += groups == 2 ? 1 : 0;
    }
    // All three of one group: 2 x C(4, 3) of C(8, 3).
    assertShare(1 - 2 * 4 / 56.0, both, TOKENS);
    for (final double load : loads(router)) {
      assertShare(3 / 32.0, load, TOKENS);
    }
  }

  @Test
  void shouldLikeExpertsByTheirRank() {
    // One of eight experts: weights 1, 1/2, ..., 1/8, which sum to 2.717857.
    final Router router = Router.of(8, 1, Optional.empty(), 1);
    final double[] loads = loads(router);
    for (int expert = 0; expert < 8; expert++) {
      assertShare(router.weight(expert) / 2.7178571428571430, loads[expert], TOKENS);
    }
  }

  @Test
  void shouldChooseTheSecondAmongThoseThatAreLeft() {
    // Two of three experts, weights 1, 1/4, 1/9 of 49/36: the first is left out with probability
    // p2 p3 / (1 - p2) + p3 p2 / (1 - p3).
    final Router router = Router.of(3, 2, Optional.empty(), 2);
    final double[] loads = loads(router);
    final double p2 = 9 / 49.0;
    final double p3 = 4 / 49.0;
    for (int expert = 0; expert < 3; expert++) {
      if (router.weight(expert) == 1) {
        assertShare(1 - p2 * p3 / (1 - p2) - p3 * p2 / (1 - p3), loads[expert], TOKENS);
      }
    }
  }

  @Test
  void shouldRaceAmongTheGroupsOfAToken() {
    final Router router = Router.of(32, 3, Optional.of(new ExpertGroups(8, 2)), 1.2);
    for (int token = 0; token < 2000; token++) {
      assertTrue(Arrays.stream(router.choice(token)).map(e -> e / 4).distinct().count() <= 2);
    }
    final double most = Arrays.stream(loads(router)).max().orElseThrow();
    assertTrue(most > 3 * 3 / 32.0 * TOKENS);
  }

  @Test
  void shouldLoadTheBusiestDeviceAsItsExpertsAreLiked() {
    // One of eight experts on four devices, many tokens: the device with the heaviest pair.
    final Router router = Router.of(8, 1, Optional.empty(), 1);
    double most = 0;
    for (int device = 0; device < 4; device++) {
      most = Math.max(most, router.weight(2 * device) + router.weight(2 * device + 1));
    }
    final Routes routes = new Routes(router, List.of(TOKENS, 0, 0, 0), 4);
    final double rows = routes.busiest().stream().mapToInt(Integer::intValue).sum();
    assertShare(most / 2.7178571428571430, rows, TOKENS);
    // Alike, each has a quarter.
    final Routes even =
        new Routes(Router.of(8, 1, Optional.empty(), 0), List.of(TOKENS, 0, 0, 0), 4);
    final double mean = even.busiest().stream().mapToInt(Integer::intValue).sum();
    assertEquals(TOKENS / 4.0, mean, 5 * Math.sqrt(TOKENS * 3 / 16.0));
    assertTrue(rows > 1.3 * mean);
  }
}
