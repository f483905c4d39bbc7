package org.inferchip.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlockFormatTest {
  static Stream<Format> formats() {
    return Stream.of(Format.values()).filter(format -> BlockFormat.of(format).isPresent());
  }

  private static double[] numbers(final String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  /**
   * Worked by hand from the texts: E2M1 holds 0, 0.5, 1, 1.5, 2, 3, 4 and 6; the scale of 7 in
   * NVFP4 is the E4M3 number nearest to 7/6, 1.125; in MXFP4 it is 2^(2-2), and 7 saturates.
   */
  @ParameterizedTest
  @CsvSource({
    "NVFP4, 6 -4 3 2 1.5 1 0.5 0, 6 -4 3 2 1.5 1 0.5 0",
    "NVFP4, 7 1 -2.5 0.2, 6.75 1.125 -2.25 0",
    "MXFP4, 7 2.5 5 -5 0.25 0.26, 6 2 4 -4 0 0.5",
    "MXFP4, 14 5 10, 12 4 8",
    "MXFP6, 28 -26 0.0625 0.04, 28 -24 0.0625 0.0625",
    "MXFP8, 448 500 1.0625 -17, 448 448 1 -16",
    "Q8_0, 127 -3.5 64.4 0, 127 -4 64 0",
    "Q4_0, -8 8 7.4 -0.5 2.5, -8 7 7 0 3",
    "BFP8, 100 -2.5 127.4 0.4, 100 -2 127 0",
    "BF16_2OF4, 4 -3 2 1, 4 -3 0 0",
    "BF16_2OF4, 1 -1 1 0 , 1 -1 0 0",
    "BFP4, 7 -2.5 0.4 7.9, 7 -2 0 7",
  })
  void shouldRoundAsItsTextSays(final Format format, final String exact, final String expected) {
    final double[] in = numbers(exact);
    final float[] values = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      values[i] = (float) in[i];
    }
    BlockFormat.of(format).orElseThrow().round(values, 0, values.length);
    final double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    assertArrayEquals(numbers(expected), out);
  }

  /** Codes of the K formats with a scale that binary16 holds: 63 and 127 units of 2^-5. */
  @Test
  void shouldRoundSuperblocksByTwoLevelsOfScales() {
    final float[] affine = new float[256];
    for (int i = 0; i < affine.length; i++) {
      affine[i] = i < 32 ? (63 / 32f) * (i % 16) : (21 / 32f) * (i % 16);
    }
    final float[] exact = affine.clone();
    BlockFormat.of(Format.Q4_K).orElseThrow().round(affine, 0, 256);
    assertArrayEquals(exact, affine);
    final float[] symmetric = new float[256];
    for (int i = 0; i < symmetric.length; i++) {
      symmetric[i] = (i < 16 ? 127 / 32f : 11 / 32f) * (i % 16 - 32 + (i % 16 > 0 ? 17 : 0));
    }
    final float[] kept = symmetric.clone();
    BlockFormat.of(Format.Q6_K).orElseThrow().round(symmetric, 0, 256);
    assertArrayEquals(kept, symmetric);
  }

  /** 300 seeded blocks a format, over eight decades, of any length up to the format's. */
  @ParameterizedTest
  @MethodSource("formats")
  void shouldKeepEveryErrorWithinItsBound(final Format format) {
    final SplittableRandom random = new SplittableRandom(20261121);
    for (int i = 0; i < 300; i++) {
      final BlockFormat any = BlockFormat.of(format).orElseThrow();
      final int count = 1 + random.nextInt(any.size());
      final float[] exact = new float[count];
      final double range = Math.pow(10, random.nextInt(-3, 3));
      for (int j = 0; j < count; j++) {
        exact[j] = (float) ((2 * random.nextDouble() - 1) * range);
      }
      final float largest = BlockFormat.largest(exact, 0, count);
      final BlockFormat blocks = i % 2 == 0 ? any : any.forLargest(4 * largest);
      final float[] values = exact.clone();
      blocks.round(values, 0, count);
      final double absolute = blocks.absoluteError(largest);
      final boolean tells = absolute < largest || largest < 0.05 || format.sparse();
      assertTrue(tells, format + " says nothing: " + absolute);
      for (int j = 0; j < count; j++) {
        final double most = blocks.unitRoundoff() * Math.abs(exact[j]) + absolute;
        final double error = Math.abs((double) values[j] - exact[j]);
        assertTrue(error <= most * (1 + 1e-6), exact[j] + " of " + largest + " is " + values[j]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void shouldKeepZerosAndShowUndefinedNumbers(final Format format) {
    final BlockFormat blocks = BlockFormat.of(format).orElseThrow();
    final float[] zeros = new float[blocks.size()];
    blocks.round(zeros, 0, zeros.length);
    assertEquals(0f, BlockFormat.largest(zeros, 0, zeros.length));
    final float[] holed = new float[blocks.size()];
    Arrays.fill(holed, 1f);
    holed[3] = Float.NaN;
    blocks.round(holed, 0, holed.length);
    assertTrue(Float.isNaN(holed[3]), format.key());
  }

  /** Bits of an element of MX and NVFP4 with its part of the scale, as in the texts. */
  @Test
  void shouldTakeTheBitsOfItsBlocks() {
    assertEquals(Format.NVFP4.bits() * 16, 16 * 4 + 8);
    assertEquals(Format.MXFP4.bits() * 32, 32 * 4 + 8);
    assertEquals(Format.BF16_2OF4.bits() * 4, 2 * (16 + 2));
    assertEquals(Format.Q4_K.bits() * 256, 256 * 4 + 8 * 12 + 2 * 16);
    assertEquals(Format.Q6_K.bits() * 256, 256 * 6 + 16 * 8 + 16);
  }
}
