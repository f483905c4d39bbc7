package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.inferchip.arithmetic.Execution.Order;
import org.inferchip.arithmetic.MacRules;
import org.inferchip.arithmetic.OperatorCheck;
import org.inferchip.arithmetic.SyntheticTensors;
import org.inferchip.numerics.MacRule;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Faults that change values by more than rounding can are caught by values alone. Those left out
 * need not change any: work done twice, room and bytes (the audit's task), waits that come right by
 * luck, masks that hide nothing.
 */
final class SeededFaultsArithmeticTest {
  private static final int SEEDS = 20;

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "TILE_DONE_TWICE",
        "WRONG_MASK",
        "NO_MASK",
        "SOFTMAX_WITHOUT_RESCALE",
        "NO_RELEASE",
        "DROPPED_WAIT",
        "SHORT_WAIT",
        "STORED_TWICE",
        "BUFFER_TOO_DEEP",
        "ENDED_EARLY",
        "FREE_BYTES"
      })
  void shouldCatchFaultsThatAlwaysChangeValues(final Fault fault) {
    assertEquals(SEEDS, caught(fault));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"WRONG_MASK", "NO_MASK", "SOFTMAX_WITHOUT_RESCALE"})
  void shouldCatchMostFaultsThatMostlyChangeValues(final Fault fault) {
    assertTrue(caught(fault) >= 15, () -> fault + " " + caught(fault));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DROPPED_WAIT", "SHORT_WAIT"})
  void shouldCatchSomeMissingWaitsByRunningStreamsInOtherOrders(final Fault fault) {
    assertTrue(caught(fault) >= 5, () -> fault + " " + caught(fault));
  }

  private static int caught(final Fault fault) {
    int caught = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      final SplittableRandom random = new SplittableRandom(1000L * fault.ordinal() + seed);
      final RandomCases cases = RandomCases.small(random.nextLong());
      Case made = cases.next();
      TileProgram faulty = fault.into(made.program(), random);
      while (faulty == null) {
        made = cases.next();
        faulty = fault.into(made.program(), random);
      }
      caught += isFine(made, faulty, seed) ? 0 : 1;
    }
    return caught;
  }

  private static boolean isFine(final Case made, final TileProgram faulty, final long seed) {
    final MacRule rule = MacRules.of(made.chip().cores().get(0).matrix());
    boolean fine = true;
    for (final Order order : Order.values()) {
      fine &=
          OperatorCheck.whole(faulty, SyntheticTensors.of(made.operator(), seed), rule, order).ok();
    }
    return fine;
  }
}
