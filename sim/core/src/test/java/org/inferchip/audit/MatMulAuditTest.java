package org.inferchip.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.MatMulMapping;
import org.inferchip.mapping.RandomOperators;
import org.inferchip.mapping.TestChips;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MatMulAuditTest {

  @Test
  void shouldFindAPlainProductSound() {
    final MatMul op = MatMul.dense("gemm", 512, 512, 512, Format.BF16);
    final TileProgram program =
        Mapper.lower(op, MatMulMapping.of(128, 128, 64, 1, 3), TestChips.gpu());
    final AuditReport report = Audit.of(program, TestChips.gpu());
    assertEquals("", report.text());
    assertTrue(report.sound());
    // 4 x 4 tiles; 8 steps of two loads and a multiplication; converted and stored in 4 pieces of 8
    // KiB.
    assertEquals(16 * (8 * 3 + 2 * 4), report.tasks());
    assertEquals(512L * 512 * 512, report.multiplyAccumulates());
    assertEquals(512L * 512 * 2 * 8, report.loadBytes());
    assertEquals(512L * 512 * 2, report.storeBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldFindRandomProductsSound(final int seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 25; i++) {
      final MatMul op = RandomOperators.product(random);
      final MatMulMapping mapping =
          MatMulMapping.of(
              random.nextInt(1, 70),
              random.nextInt(1, 70),
              random.nextInt(1, 70),
              random.nextInt(1, 5),
              random.nextInt(1, 4));
      for (final var chip : TestChips.all()) {
        Audits.sound(Mapper.lower(op, mapping, chip), chip, op + " " + mapping);
      }
    }
  }
}
