package org.inferchip.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.inferchip.arch.Chip;
import org.inferchip.program.TileProgram;

/** Audits for tests. */
final class Audits {
  private Audits() {}

  /** Audits a program that must be sound. */
  static AuditReport sound(final TileProgram program, final Chip chip, final String what) {
    final AuditReport report = Audit.of(program, chip);
    assertEquals("[]", report.findings().stream().limit(3).toList().toString(), what);
    assertTrue(report.sound());
    return report;
  }
}
