package org.inferchip.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundingTest {

  private static final Set<Format> FLOATING =
      EnumSet.of(Format.TF32, Format.BF16, Format.FP16, Format.FP8_E4M3, Format.FP8_E5M2);

  /** Every value, tie and neighbour of a tie of the format, all exponents, and random bits. */
  private static float[] cases(final Minifloat format) {
    final Random random = new Random(11);
    final int codes = Math.min(format.codes() / 2, 1 << 15);
    final float[] cases = new float[codes * 8 + 300_000];
    int n = 0;
    for (int i = 0; i < codes; i++) {
      final int code = codes == format.codes() / 2 ? i : random.nextInt(format.codes() / 2 - 1);
      final float value = format.decode(code);
      final float middle = (float) (((double) value + format.decode(code + 1)) / 2);
      for (final float x :
          new float[] {value, middle, Math.nextUp(middle), Math.nextDown(middle)}) {
        cases[n++] = x;
        cases[n++] = -x;
      }
    }
    for (int exponent = 0; exponent < 256; exponent++) {
      cases[n++] = Float.intBitsToFloat(exponent << 23);
      cases[n++] = Float.intBitsToFloat(exponent << 23 | 0x7f_ffff);
      cases[n++] = Float.intBitsToFloat(exponent << 23 | 0x8000_0001);
    }
    cases[n++] = 2 * (float) format.maxFinite();
    cases[n++] = Math.nextDown(2 * (float) format.maxFinite());
    while (n < cases.length) {
      cases[n++] = Float.intBitsToFloat(random.nextInt());
    }
    return cases;
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"TF32", "BF16", "FP16", "FP8_E4M3", "FP8_E5M2"})
  void shouldEqualTheExactRoundingInEveryBit(final Format format) {
    final Minifloat exact = Minifloat.of(format);
    final float[] cases = cases(exact);
    final float[] plain = cases.clone();
    final float[] fast = cases.clone();
    Rounding.plain(format).round(plain);
    Rounding.to(format).round(fast);
    for (int i = 0; i < cases.length; i++) {
      final int expected = Float.floatToIntBits(exact.round(cases[i]));
      final int at = i;
      assertEquals(expected, Float.floatToIntBits(plain[i]), () -> "plain of " + cases[at]);
      assertEquals(expected, Float.floatToIntBits(fast[i]), () -> "fast of " + cases[at]);
    }
  }

  @Test
  void shouldTouchOnlyTheGivenRange() {
    for (final Format format : FLOATING) {
      final float[] values = new float[101];
      Arrays.fill(values, 1.0001f + 0x1p-20f);
      Rounding.to(format).round(values, 3, 98);
      assertEquals(values[0], values[2]);
      assertEquals(values[0], values[98]);
      assertEquals(values[3], values[97]);
      assertEquals(Minifloat.of(format).round(values[0]), values[50]);
    }
  }

  @Test
  void shouldLeaveBinary32AndRefuseIntegers() {
    assertEquals(0.1f, Rounding.to(Format.FP32).round(0.1f));
    assertThrows(IllegalArgumentException.class, () -> Rounding.plain(Format.INT8));
  }

  @Test
  void shouldQuantiseToSymmetricIntegersWithTiesToEven() {
    final IntQuantiser quantiser = new IntQuantiser(127, 0.5f);
    assertEquals(2f, quantiser.quantise(1.25f));
    assertEquals(2f, quantiser.quantise(0.75f));
    assertEquals(-127f, quantiser.quantise(-1e9f));
    assertEquals(127f, quantiser.quantise(Float.POSITIVE_INFINITY));
    assertEquals(Float.NaN, quantiser.quantise(Float.NaN));
    assertEquals(127f, IntQuantiser.forLargest(Format.INT8, 3.7f).quantise(3.7f));
    assertEquals(0f, IntQuantiser.forLargest(Format.INT8, 0f).quantise(0f));
    assertThrows(IllegalArgumentException.class, () -> new IntQuantiser(127, 0f));
  }
}
