package org.inferchip.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class SpecialFunctionsTest {

  private interface FloatFunction {
    float apply(float x);
  }

  private static double worstUlps(
      final FloatFunction function,
      final DoubleUnaryOperator exact,
      final float low,
      final float hi) {
    final Random random = new Random(3);
    double worst = 0;
    for (int i = 0; i < 200_000; i++) {
      final float x =
          i % 2 == 0
              ? low + (hi - low) * random.nextFloat()
              : Math.max(low, Math.min(hi, Float.intBitsToFloat(random.nextInt())));
      if (!Float.isNaN(x)) {
        final double expected = exact.applyAsDouble(x);
        final double error = Math.abs(function.apply(x) - expected);
        worst = Math.max(worst, error / Math.ulp((float) expected));
      }
    }
    return worst;
  }

  @Test
  void shouldKeepTheStatedErrors() {
    assertTrue(
        worstUlps(SpecialFunctions::exp, StrictMath::exp, -103f, 88.7f)
            <= SpecialFunctions.EXP_ULPS);
    assertTrue(
        worstUlps(SpecialFunctions::tanh, StrictMath::tanh, -12f, 12f)
            <= SpecialFunctions.ROUNDED_ULPS);
    assertTrue(
        worstUlps(SpecialFunctions::rsqrt, x -> 1 / Math.sqrt(x), 1e-38f, 1e38f)
            <= SpecialFunctions.ROUNDED_ULPS);
    assertTrue(
        worstUlps(SpecialFunctions::silu, x -> x / (1 + StrictMath.exp(-x)), -80f, 100f)
            <= SpecialFunctions.SILU_ULPS);
    assertTrue(
        worstUlps(SpecialFunctions::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), -80f, 100f)
            <= SpecialFunctions.SILU_ULPS);
  }

  @Test
  void shouldHandleTheEndsOfTheRange() {
    assertEquals(Float.POSITIVE_INFINITY, SpecialFunctions.exp(89f));
    assertEquals(Float.POSITIVE_INFINITY, SpecialFunctions.exp(Float.POSITIVE_INFINITY));
    assertEquals(0f, SpecialFunctions.exp(-104f));
    assertEquals(0f, SpecialFunctions.exp(Float.NEGATIVE_INFINITY));
    assertEquals(Float.MIN_VALUE, SpecialFunctions.exp(-103.5f));
    assertEquals(1f, SpecialFunctions.exp(0f));
    assertEquals(Float.NaN, SpecialFunctions.exp(Float.NaN));
    assertEquals(Float.NaN, SpecialFunctions.silu(Float.NaN));
    assertEquals(Float.NaN, SpecialFunctions.tanh(Float.NaN));
    assertEquals(Float.NaN, SpecialFunctions.gelu(Float.NaN));
    assertEquals(1f, SpecialFunctions.tanh(Float.POSITIVE_INFINITY));
  }

  @Test
  void shouldComputeTheErrorFunctionAndGelu() {
    for (double x = -7; x <= 7; x += 0.0371) {
      assertEquals(Erf.erf(x), SpecialFunctions.erf(x), 2e-15);
      final double exact = x / 2 * (1 + Erf.erf(x / Math.sqrt(2)));
      assertEquals(exact, SpecialFunctions.geluExact(x), 1e-14);
      // The tanh form is within 5e-4 of the definition (Hendrycks and Gimpel 2016, section 4).
      assertEquals(exact, SpecialFunctions.gelu(x), 5e-4);
      final float narrow = (float) x;
      assertEquals(
          SpecialFunctions.gelu((double) narrow),
          SpecialFunctions.gelu(narrow),
          2e-7 * Math.max(1, Math.abs(x)));
    }
    assertEquals(0.8427007929497149, SpecialFunctions.erf(1), 1e-15);
  }
}
