package org.inferchip.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.inferchip.numerics.Exponential.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Approximate exponentials against binary64. */
class ExponentialTest {
  @ParameterizedTest
  @CsvSource({
    "FULL, 0",
    "TABLE, 16",
    "TABLE, 256",
    "TABLE, 4096",
    "POLYNOMIAL, 2",
    "POLYNOMIAL, 3",
    "POLYNOMIAL, 5"
  })
  void shouldStayWithinItsErrorAndComeNearIt(final Method method, final int size) {
    final Exponential exponential = new Exponential(method, size);
    final Random random = new Random(3);
    double largest = 0;
    for (int i = 0; i < 100_000; i++) {
      final float x = (float) (-86 * random.nextDouble());
      final double right = StrictMath.exp(x);
      largest = Math.max(largest, Math.abs(exponential.of(x) - right) / right);
    }
    assertTrue(largest <= exponential.relativeError(), largest + " > " + exponential);
    assertTrue(largest >= 0.1 * exponential.relativeError(), "far from its bound: " + largest);
    assertEquals(0f, exponential.of(-200f));
    assertEquals(0f, exponential.of(Float.NEGATIVE_INFINITY));
  }

  @ParameterizedTest
  @CsvSource({"FULL, 1", "TABLE, 1", "POLYNOMIAL, 0", "POLYNOMIAL, 13"})
  void shouldRefuseSizesThatMeanNothing(final Method method, final int size) {
    assertThrows(IllegalArgumentException.class, () -> new Exponential(method, size));
  }
}
