package org.inferchip.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorBoundsTest {

  @ParameterizedTest
  @CsvSource({
    "FP32, 0x1p-24",
    "TF32, 0x1p-11",
    "BF16, 0x1p-8",
    "FP16, 0x1p-11",
    "FP8_E4M3, 0x1p-4",
    "FP8_E5M2, 0x1p-3"
  })
  void shouldKnowTheUnitRoundoff(final Format format, final double u) {
    assertEquals(u, ErrorBounds.unitRoundoff(format));
  }

  @ParameterizedTest
  @EnumSource(MacRule.class)
  void shouldBoundTheErrorOfDotProductsWithoutBeingVacuous(final MacRule rule) {
    final CounterGenerator generator = new CounterGenerator(77);
    final MatmulKernel kernel = Kernels.matmul();
    double tightest = 0;
    for (int k = 1; k <= 129; k += 8) {
      final float[] a = new float[k];
      final float[] b = new float[k];
      generator.normals(1, k, 0, k, 1f, a, 0);
      generator.normals(2, k, 0, k, 1f, b, 0);
      final MatrixView c = MatrixView.zeros(1, 1);
      kernel.multiply(rule, MatrixView.of(a, 1, k), MatrixView.of(b, k, 1), c);
      double exact = 0;
      double magnitudes = 0;
      for (int i = 0; i < k; i++) {
        exact += (double) a[i] * b[i];
        magnitudes += Math.abs((double) a[i] * b[i]);
      }
      final double bound =
          ErrorBounds.dotFactor(rule, k) * magnitudes + ErrorBounds.dotUnderflow(rule, k);
      final double share = Math.abs(c.get(0, 0) - exact) / bound;
      assertTrue(share <= 1, () -> "error over the bound by " + share);
      tightest = Math.max(tightest, share);
    }
    assertTrue(tightest > 1e-3);
  }

  @org.junit.jupiter.api.Test
  void shouldGiveNoBoundWhereThereIsNone() {
    assertEquals(Double.POSITIVE_INFINITY, ErrorBounds.gamma(256, 0x1p-8));
    assertEquals(1.0, ErrorBounds.gamma(128, 0x1p-8));
  }
}
