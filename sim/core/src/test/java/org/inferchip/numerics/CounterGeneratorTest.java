package org.inferchip.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterGeneratorTest {

  /** The philox4x32 10 rows of kat_vectors in Random123 (D. E. Shaw Research). */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000, 00000000 00000000 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff, ffffffff ffffffff ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "a4093822 299f31d0, 243f6a88 85a308d3 13198a2e 03707344, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void shouldMatchTheKnownAnswers(final String key, final String counter, final String answer) {
    final int[] k = words(key);
    final int[] c = words(counter);
    final long[] out = new long[2];
    CounterGenerator.philox(k[0], k[1], c[0], c[1], c[2], c[3], out);
    final int[] a = words(answer);
    assertEquals(a[0], (int) out[0]);
    assertEquals(a[1], (int) (out[0] >>> 32));
    assertEquals(a[2], (int) out[1]);
    assertEquals(a[3], (int) (out[1] >>> 32));
  }

  private static int[] words(final String text) {
    return java.util.Arrays.stream(text.split(" "))
        .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
        .toArray();
  }

  @Test
  void shouldGiveTheSameElementAloneAndInAnyRun() {
    final CounterGenerator generator = new CounterGenerator(42);
    for (int start = 0; start < 5; start++) {
      for (int count = 0; count < 6; count++) {
        final float[] run = new float[10];
        generator.normals(1L << 40 | 3, 7, start, count, 0.5f, run, 2);
        for (int i = 0; i < count; i++) {
          assertEquals(0.5f * generator.normal(1L << 40 | 3, 7, start + i), run[2 + i]);
        }
        assertEquals(0f, run[2 + count]);
      }
    }
  }

  @Test
  void shouldGiveTheSameBitsFromBothGenerators() {
    final long seed = 0xFEDC_BA98_7654_3210L;
    final CounterGenerator plain = new CounterGenerator(seed, new PlainRowGenerator());
    final CounterGenerator fast = new CounterGenerator(seed);
    for (final int start : new int[] {0, 1, 7, 64, 1 << 30}) {
      for (final int count : new int[] {1, 2, 15, 16, 33, 100, 257}) {
        final float[] a = new float[count];
        final float[] b = new float[count];
        plain.normals(-5L, -9, start, count, 0.3f, a, 0);
        fast.normals(-5L, -9, start, count, 0.3f, b, 0);
        assertArrayEquals(a, b);
        assertEquals(0.3f * plain.normal(-5L, -9, start + count - 1), a[count - 1]);
      }
    }
  }

  @Test
  void shouldDependOnSeedTensorRowAndColumn() {
    final CounterGenerator generator = new CounterGenerator(1);
    final float one = generator.normal(1, 1, 1);
    assertNotEquals(one, new CounterGenerator(2).normal(1, 1, 1));
    assertNotEquals(one, new CounterGenerator(1L << 32 | 1).normal(1, 1, 1));
    assertNotEquals(one, generator.normal(2, 1, 1));
    assertNotEquals(one, generator.normal(1L << 32 | 1, 1, 1));
    assertNotEquals(one, generator.normal(1, 2, 1));
    assertNotEquals(one, generator.normal(1, 1, 2));
    assertNotEquals(one, generator.normal(1, 1, 0));
  }

  @Test
  void shouldHaveTheMomentsOfItsDistribution() {
    final CounterGenerator generator = new CounterGenerator(9);
    final DescriptiveStatistics normal = new DescriptiveStatistics();
    final DescriptiveStatistics uniform = new DescriptiveStatistics();
    int within = 0;
    final int n = 100_000;
    for (int i = 0; i < n; i++) {
      normal.addValue(generator.normal(5, i / 500, i % 500));
      uniform.addValue(generator.uniform(5, i / 500, i % 500));
      within += Math.abs(normal.getElement(i)) < 1 ? 1 : 0;
    }
    // Four standard errors each.
    assertEquals(0, normal.getMean(), 4 / Math.sqrt(n));
    assertEquals(1, normal.getVariance(), 4 * Math.sqrt(1.7 / n));
    assertEquals(-0.3, normal.getKurtosis(), 0.06);
    assertTrue(normal.getMax() < 3.47);
    assertEquals(0.5, uniform.getMean(), 4 * Math.sqrt(1 / 12.0 / n));
    final double gauss = 1 - 2 * new NormalDistribution().cumulativeProbability(-1);
    assertEquals(gauss, within / (double) n, 0.02);
  }
}
