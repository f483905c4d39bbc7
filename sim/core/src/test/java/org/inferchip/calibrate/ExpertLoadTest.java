package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpertLoadTest {
  private static final ExpertGate BY_GROUPS = new ExpertGate(8, 4);

  private static ExpertLoad load(
      final int tokens,
      final int perToken,
      final int experts,
      final int devices,
      final double exponent) {
    return ExpertLoad.of(
        new ExpertLoad.Layer(tokens, perToken, experts, devices),
        exponent,
        ExpertGate.FREE,
        RoutesRest.SPREAD);
  }

  @Test
  void shouldGiveEveryExpertTheSameWhereBalanced() {
    assertEquals(Collections.nCopies(8, 64), load(512, 8, 64, 8, 0).rows());
    // Two tokens of two choices among eight experts: experts 0 and 4, then 2 and 6.
    final ExpertLoad two = load(2, 2, 8, 2, 0);
    assertEquals(List.of(1, 1), two.rows());
    assertEquals(2, two.others());
    assertEquals(2, two.touched(), "a balanced layer always has rows for the same experts");
  }

  @Test
  void shouldDealAllRoutesAndNoMoreThanTheTokensToAnExpert() {
    for (final int tokens : new int[] {1, 7, 300, 4096}) {
      final List<Integer> all = load(tokens, 8, 128, 1, 1.2).rows();
      assertEquals(8 * tokens, load(tokens, 8, 128, 1, 1.2).here());
      assertTrue(Collections.max(all) <= tokens, all.toString());
    }
  }

  @Test
  void shouldTimeADeviceWithMoreThanTheMean() {
    final int busiest = load(4096, 8, 128, 16, 1.2).here();
    assertTrue(busiest > 8 * 4096 / 16, Integer.toString(busiest));
    assertTrue(
        busiest > load(4096, 8, 128, 16, 1.01).here() * 0.9, "steeper laws load the busiest more");
  }

  @Test
  void shouldGiveTheFirstExpertsWhatATokenMeetsTwice() {
    // Where one of eight experts has most routes, tokens of two choices meet it twice, and their
    // second choice is the first other expert: one of the busiest device, which comes first.
    final ExpertLoad.Layer layer = new ExpertLoad.Layer(1000, 2, 8, 4);
    for (int seed = 0; seed < 20; seed++) {
      final int[] loads =
          ExpertRoutes.drawn(layer, 1.2, seed, RoutesRest.PILED).loads(ExpertGate.FREE);
      assertEquals(2000, Arrays.stream(loads).sum());
      assertTrue(Arrays.stream(loads).max().orElseThrow() <= 1000);
      if (Arrays.stream(loads).max().orElseThrow() == 1000) {
        assertTrue(loads[0] > 0 && loads[1] > 0, Arrays.toString(loads));
      }
    }
  }

  @Test
  void shouldSpreadOverDevicesWhatRoundingLeaves() {
    // One token's eight routes among 128 experts are all below a half before rounding, or few are
    // not: the first experts got them all, or the devices get them in turn.
    final ExpertLoad.Layer layer = new ExpertLoad.Layer(1, 8, 128, 4);
    final int piled = ExpertLoad.of(layer, 1.2, ExpertGate.FREE, RoutesRest.PILED).here();
    final int spread = ExpertLoad.of(layer, 1.2, ExpertGate.FREE, RoutesRest.SPREAD).here();
    assertTrue(piled >= 6, Integer.toString(piled));
    assertTrue(spread >= 2 && spread <= 4, Integer.toString(spread));
    for (int seed = 0; seed < 20; seed++) {
      final ExpertLoad.Layer many = new ExpertLoad.Layer(1000, 2, 8, 4);
      final int[] loads =
          ExpertRoutes.drawn(many, 1.2, seed, RoutesRest.SPREAD).loads(ExpertGate.FREE);
      assertEquals(2000, Arrays.stream(loads).sum());
      assertTrue(Arrays.stream(loads).max().orElseThrow() <= 1000, Arrays.toString(loads));
    }
  }

  @Test
  void shouldGiveTheLastExpertsWhatRoundingLeavesWhereTheSmallestGetIt() {
    // Eight tokens' 64 routes among 384 experts: the largest loads stay below 1.1 and some 40 are
    // one, so the last 24 experts, or those before them, get one each: all twelve of the last
    // device.
    final ExpertLoad.Layer few = new ExpertLoad.Layer(8, 8, 384, 32);
    final ExpertLoad load = ExpertLoad.of(few, 1.01, ExpertGate.FREE, RoutesRest.SMALLEST);
    assertEquals(Collections.nCopies(12, 1), load.rows());
    assertTrue(ExpertLoad.of(few, 1.01, ExpertGate.FREE, RoutesRest.PILED).rows().size() <= 6);
    for (int seed = 0; seed < 20; seed++) {
      final int[] loads =
          ExpertRoutes.drawn(new ExpertLoad.Layer(1000, 2, 8, 4), 1.2, seed, RoutesRest.SMALLEST)
              .loads(ExpertGate.FREE);
      assertEquals(2000, Arrays.stream(loads).sum());
      assertTrue(Arrays.stream(loads).max().orElseThrow() <= 1000, Arrays.toString(loads));
    }
  }

  @Test
  void shouldKeepToTheGroupsThatAGateOpens() {
    // Each token has one expert in each of eight groups; four stay, of equals the first four, and
    // the first experts of those make up for what is lost.
    final int[] loads = ExpertRoutes.balanced(new ExpertLoad.Layer(32, 8, 256, 1)).loads(BY_GROUPS);
    assertEquals(256, Arrays.stream(loads).sum());
    assertEquals(0, Arrays.stream(loads, 128, 256).sum());
    assertTrue(loads[0] > 20 && loads[1] > 20, Arrays.toString(loads));
    assertTrue(Arrays.stream(loads, 32, 128).allMatch(one -> one == 1));
  }
}
