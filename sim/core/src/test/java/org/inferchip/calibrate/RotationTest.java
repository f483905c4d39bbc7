package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Rotation UNWRITTEN =
      new Rotation(6, false, 9, 0.5, Optional.of(0.4), Optional.of(65536));

  private static MatMul rows(final int m) {
    return MatMul.dense("gemm", m, 1024, 1024, Format.BF16);
  }

  /** 24 x 65536 elements are a quarter of six times 1024 x 1024: 0.4 + 0.6 / 4. */
  @Test
  void shouldSwitchAsRandomDataWhereInputsStoodBefore() {
    assertEquals(0.55, UNWRITTEN.switching(rows(24)), 1e-12);
    assertEquals(1, UNWRITTEN.switching(rows(200)), 1e-12);
  }

  @Test
  void shouldSwitchAsStatedWhereWeightsAreWritten() {
    final Rotation written = new Rotation(6, false, 9, 0.5, Optional.of(0.8), Optional.empty());
    assertEquals(0.8, written.switching(rows(200)), 1e-12);
    assertEquals(1, Rotation.NONE.switching(rows(200)), 1e-12);
  }
}
