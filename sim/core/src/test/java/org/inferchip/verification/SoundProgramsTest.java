package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.inferchip.audit.Audit;
import org.inferchip.audit.AuditReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No sound program is flagged: 100 random shapes here, 1,000 in the long suite. */
final class SoundProgramsTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldFindNothingWrongWithSoundPrograms(final long seed) {
    check(seed, 25);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldFindNothingWrongWithManySoundPrograms(final long seed) {
    check(seed, 100);
  }

  private static void check(final long seed, final int count) {
    final RandomCases cases = RandomCases.wide(seed);
    for (int i = 0; i < count; i++) {
      final Case made = cases.next();
      final AuditReport report = Audit.of(made.program(), made.chip());
      assertEquals("[]", report.findings().stream().limit(3).toList().toString(), made::toString);
    }
  }
}
