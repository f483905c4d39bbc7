package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.inferchip.arithmetic.Execution.Order;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.arithmetic.OperatorCheck;
import org.inferchip.arithmetic.SyntheticTensors;
import org.inferchip.audit.Audit;
import org.inferchip.audit.AuditReport;
import org.inferchip.audit.Finding;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of fault, seeded into programs of every operator and chip, is caught; the last test
 * prints who caught what. The audit catches all of them. Arithmetic, which runs the streams in
 * three orders, sees those that change values: not a wait that comes out right by luck, not what is
 * done twice, not a buffer over its memory, not bytes that nobody counts.
 */
final class SeededFaultsTest {
  private static final int SEEDS = 20;
  private static final int TRIES = 10_000;

  /** Arithmetic cannot know. */
  private static final Set<Fault> SILENT =
      EnumSet.of(
          Fault.TILE_DONE_TWICE,
          Fault.NO_RELEASE,
          Fault.STORED_TWICE,
          Fault.BUFFER_TOO_DEEP,
          Fault.ENDED_EARLY,
          Fault.FREE_BYTES);

  /** Values come out right by luck now and then. */
  private static final Set<Fault> MOSTLY_LOUD =
      EnumSet.of(Fault.WRONG_MASK, Fault.NO_MASK, Fault.SOFTMAX_WITHOUT_RESCALE);

  private static final Set<Fault> SOMETIMES_LOUD = EnumSet.of(Fault.DROPPED_WAIT, Fault.SHORT_WAIT);

  private static final List<String> TABLE = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Fault.class)
  void shouldCatchEveryFault(final Fault fault) {
    final Set<Finding.Kind> kinds = EnumSet.noneOf(Finding.Kind.class);
    int audited = 0;
    int computed = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      final SplittableRandom random = new SplittableRandom(1000L * fault.ordinal() + seed);
      final RandomCases cases = RandomCases.small(random.nextLong());
      Case made = cases.next();
      TileProgram faulty = fault.into(made.program(), random);
      for (int tries = 0; faulty == null && tries < TRIES; tries++) {
        made = cases.next();
        faulty = fault.into(made.program(), random);
      }
      assertNotNull(faulty, "no program has a place for it");
      final AuditReport report = Audit.of(faulty, made.chip());
      report.findings().forEach(finding -> kinds.add(finding.kind()));
      audited += report.sound() ? 0 : 1;
      computed += computesRight(made, faulty, seed) ? 0 : 1;
    }
    TABLE.add(
        String.format("%-24s %2d by audit, %2d by values; %s", fault, audited, computed, kinds));
    assertEquals(SEEDS, audited, "caught by the audit");
    final int least =
        SILENT.contains(fault)
            ? 0
            : SOMETIMES_LOUD.contains(fault) ? 5 : MOSTLY_LOUD.contains(fault) ? 15 : SEEDS;
    final int caught = computed;
    assertTrue(caught >= least, () -> "caught by values: " + caught);
  }

  private static boolean computesRight(final Case made, final TileProgram faulty, final long seed) {
    final MatrixRule rule = MatrixRule.of(made.chip().cores().get(0).matrix(), 1);
    for (final Order order : Order.values()) {
      if (!OperatorCheck.whole(faulty, SyntheticTensors.of(made.operator(), seed), rule, order)
          .ok()) {
        return false;
      }
    }
    return true;
  }

  @AfterAll
  static void print() {
    System.out.println("Faults of " + SEEDS + " seeds caught:");
    TABLE.forEach(System.out::println);
  }
}
