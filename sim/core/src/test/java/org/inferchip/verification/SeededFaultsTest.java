package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.inferchip.audit.Audit;
import org.inferchip.audit.AuditReport;
import org.inferchip.audit.Finding;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;

/** Every kind of fault, seeded into programs of every operator and chip, is caught. */
final class SeededFaultsTest {
  private static final int SEEDS = 20;

  @Test
  void shouldCatchEveryFault() {
    final List<String> missed = new ArrayList<>();
    final Map<Fault, Set<Finding.Kind>> kinds = new EnumMap<>(Fault.class);
    final StringBuilder table = new StringBuilder();
    for (final Fault fault : Fault.values()) {
      int caught = 0;
      final Set<Finding.Kind> found = EnumSet.noneOf(Finding.Kind.class);
      for (int seed = 1; seed <= SEEDS; seed++) {
        final SplittableRandom random = new SplittableRandom(1000L * fault.ordinal() + seed);
        final RandomCases cases = RandomCases.small(random.nextLong());
        Case made = cases.next();
        TileProgram faulty = fault.into(made.program(), random);
        for (int tries = 0; faulty == null && tries < 10_000; tries++) {
          made = cases.next();
          faulty = fault.into(made.program(), random);
        }
        assertNotNull(faulty, () -> fault + " has no place in any of 10,000 programs");
        final AuditReport report = Audit.of(faulty, made.chip());
        if (report.sound()) {
          missed.add(fault + " seed " + seed + " in " + made);
        } else {
          caught++;
          report.findings().forEach(finding -> found.add(finding.kind()));
        }
      }
      kinds.put(fault, found);
      table.append(String.format("%-26s %2d/%2d  %s%n", fault, caught, SEEDS, found));
    }
    System.out.println(table);
    assertEquals(List.of(), missed);
  }
}
